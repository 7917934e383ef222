import ts from 'typescript'

/** What tidy wants to know of one TypeScript file, read from its syntax, so that comments never count. */
export type Source = {
  readonly imports: readonly Import[]
  /** Every string in it; of a template, its fixed parts with `$` between them. */
  readonly strings: readonly string[]
  readonly identifiers: ReadonlySet<string>
  /** Everything reached with a dot, as written: `Date.now`, `test.skip`. */
  readonly dotted: ReadonlySet<string>
  /** Functions called by a bare name: `test`, `hotStatement`. */
  readonly calls: ReadonlySet<string>
  /** Values given to `from`, `to` and `till` in object literals. */
  readonly pays: readonly string[]
  readonly isAsync: boolean
  /** `new Date()`: the clock. With an argument it is arithmetic. */
  readonly readsClock: boolean
  readonly hasDefaultExport: boolean
}

export type Import = { readonly from: string; readonly isTypeOnly: boolean }

export function readSource(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const imports: Import[] = []
  const strings: string[] = []
  const pays: string[] = []
  const identifiers = new Set<string>()
  const dotted = new Set<string>()
  const calls = new Set<string>()
  let isAsync = false
  let readsClock = false
  let hasDefaultExport = false

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      imports.push({ from: node.moduleSpecifier.text, isTypeOnly: importsTypesOnly(node.importClause) })
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      imports.push({ from: node.moduleSpecifier.text, isTypeOnly: node.isTypeOnly })
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [from] = node.arguments
      if (from && ts.isStringLiteralLike(from)) imports.push({ from: from.text, isTypeOnly: false })
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      if (ts.isStringLiteral(node.argument.literal))
        imports.push({ from: node.argument.literal.text, isTypeOnly: true })
    } else if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) strings.push(node.text)
    else if (ts.isTemplateExpression(node))
      strings.push([node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join('$'))
    else if (ts.isIdentifier(node)) identifiers.add(node.text)
    else if (ts.isPropertyAccessExpression(node)) dotted.add(node.getText(file).replace(/\s+|\?/g, ''))
    else if (ts.isExportAssignment(node)) hasDefaultExport = true
    else if (ts.isNewExpression(node) && node.expression.getText(file) === 'Date' && !node.arguments?.length)
      readsClock = true
    else if (ts.isPropertyAssignment(node) && ['from', 'to', 'till'].includes(node.name.getText(file)))
      pays.push(...stringsIn(node.initializer))

    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) calls.add(node.expression.text)
    if (ts.isAwaitExpression(node)) isAsync = true
    if (ts.canHaveModifiers(node)) {
      const kinds = ts.getModifiers(node)?.map((modifier) => modifier.kind) ?? []
      if (kinds.includes(ts.SyntaxKind.AsyncKeyword)) isAsync = true
      if (kinds.includes(ts.SyntaxKind.DefaultKeyword)) hasDefaultExport = true
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return { imports, strings, identifiers, dotted, calls, pays, isAsync, readsClock, hasDefaultExport }
}

function importsTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const { name, namedBindings } = clause
  return (
    !name && !!namedBindings && ts.isNamedImports(namedBindings) && namedBindings.elements.every((e) => e.isTypeOnly)
  )
}

function stringsIn(node: ts.Node): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text]
  const found: string[] = []
  ts.forEachChild(node, (child) => void found.push(...stringsIn(child)))
  return found
}

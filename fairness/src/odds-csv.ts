/**
 * A report as a table for a spreadsheet: one line per figure, `section,row,figure,value`. Lists become rows that
 * count from 0; deeper names are joined by dots. Fields with commas or quotes are quoted (RFC 4180, `\n` ends lines).
 */
export function oddsCsv(report: object): string {
  const lines = figuresOf(report, []).map(({ path, value }) => {
    const [section = '', second = '', ...rest] = path
    const isRow = /^\d+$/.test(second)
    const [row, figure] = isRow ? [second, rest.join('.')] : ['', [second, ...rest].filter(Boolean).join('.')]
    return [section, row, figure, value].map(quoted).join(',')
  })
  return `${['section,row,figure,value', ...lines].join('\n')}\n`
}

function figuresOf(value: unknown, path: readonly string[]): { path: readonly string[]; value: string }[] {
  if (typeof value !== 'object' || value === null) return [{ path, value: value === null ? '' : String(value) }]
  return Object.entries(value).flatMap(([name, each]) => figuresOf(each, [...path, name]))
}

function quoted(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
}

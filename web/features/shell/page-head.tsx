export function PageHead({ title, lead }: { title: string; lead?: string }) {
  return (
    <div className="mb-5 grid gap-1.5">
      <h1 className="text-[1.65rem] font-extrabold sm:text-3xl">{title}</h1>
      {lead && <p className="max-w-[60ch] text-muted">{lead}</p>}
    </div>
  )
}

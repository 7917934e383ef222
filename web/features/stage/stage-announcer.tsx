/** For those who listen: each result once, when all of it has been shown; what went wrong at once. */
export function StageAnnouncer({ sentence, alarm }: { sentence: string; alarm: string }) {
  return (
    <>
      <p role="status" className="visually-hidden">
        {sentence}
      </p>
      <p role="alert" className="visually-hidden">
        {alarm}
      </p>
    </>
  )
}

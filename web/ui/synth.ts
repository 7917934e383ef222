// Synthesised sound: a few notes, no files, no licences. Silent until the player has asked for sound and touched the
// page; browsers demand the second, decency the first.

export type Note = {
  readonly atMs: number
  readonly hz: number
  readonly toHz?: number
  readonly lengthMs: number
  readonly shape: OscillatorType
  /** From 0 to 1. */
  readonly loudness: number
}
export type Tune = readonly Note[]

export const chime = (pitches: readonly number[], stepMs: number, lengthMs: number, loudness: number): Tune =>
  pitches.map((hz, place) => ({ atMs: place * stepMs, hz, lengthMs, shape: 'triangle', loudness }))

let context: AudioContext | null = null

/** Call from inside a click or key press; without one a browser keeps the context asleep. */
export function wakeSound(): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  if (context.state === 'suspended') context.resume().catch(() => undefined)
}

/** Plays `tune` after `delayMs`, on the audio clock: a busy page does not make it late. `volume` is 0 to 1. */
export function playTune(tune: Tune, volume: number, delayMs = 0): void {
  if (context === null || context.state !== 'running' || volume === 0) return
  for (const { atMs, hz, toHz, lengthMs, shape, loudness } of tune) {
    const from = context.currentTime + (delayMs + atMs) / 1_000
    const to = from + lengthMs / 1_000
    const tone = new OscillatorNode(context, { type: shape, frequency: hz })
    const envelope = new GainNode(context, { gain: 0 })
    if (toHz !== undefined) tone.frequency.setValueAtTime(hz, from).exponentialRampToValueAtTime(toHz, to)
    envelope.gain.setValueAtTime(0, from)
    envelope.gain.linearRampToValueAtTime(loudness * volume, from + 0.008)
    envelope.gain.exponentialRampToValueAtTime(0.001, to)
    tone.connect(envelope).connect(context.destination)
    tone.start(from)
    tone.stop(to)
  }
}

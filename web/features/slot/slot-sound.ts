// Synthesised sound: a few notes, no files, no licences. Silent until the player has asked for sound and touched the
// page; browsers demand the second, decency the first.

export type Sound = 'press' | 'stop' | 'anticipation' | 'returned' | 'win' | 'big_win' | 'jackpot' | 'refused'

type Note = {
  readonly atMs: number
  readonly hz: number
  readonly toHz?: number
  readonly lengthMs: number
  readonly shape: OscillatorType
  /** From 0 to 1. */
  readonly loudness: number
}

const chime = (pitches: readonly number[], stepMs: number, lengthMs: number, loudness: number): readonly Note[] =>
  pitches.map((hz, place) => ({ atMs: place * stepMs, hz, lengthMs, shape: 'triangle', loudness }))

export const tunes: Readonly<Record<Sound, readonly Note[]>> = {
  press: [{ atMs: 0, hz: 180, toHz: 420, lengthMs: 140, shape: 'sine', loudness: 0.3 }],
  stop: [
    { atMs: 0, hz: 150, toHz: 58, lengthMs: 130, shape: 'sine', loudness: 0.5 },
    { atMs: 0, hz: 1_900, lengthMs: 28, shape: 'square', loudness: 0.05 },
  ],
  anticipation: [{ atMs: 0, hz: 220, toHz: 440, lengthMs: 900, shape: 'triangle', loudness: 0.16 }],
  returned: [{ atMs: 0, hz: 392, lengthMs: 160, shape: 'sine', loudness: 0.2 }],
  win: chime([523.3, 659.3, 784], 90, 260, 0.3),
  big_win: chime([523.3, 659.3, 784, 1_046.5, 1_318.5], 105, 380, 0.34),
  jackpot: [
    ...chime([523.3, 659.3, 784, 1_046.5, 784, 1_046.5, 1_318.5, 1_568], 130, 520, 0.34),
    ...chime([261.6, 329.6, 392], 360, 1_100, 0.22),
  ],
  refused: [{ atMs: 0, hz: 240, toHz: 190, lengthMs: 200, shape: 'sine', loudness: 0.25 }],
}

let context: AudioContext | null = null

/** Call from inside a click or key press; without one a browser keeps the context asleep. */
export function wakeSound(): void {
  if (typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  if (context.state === 'suspended') context.resume().catch(() => undefined)
}

/** Plays `sound` after `delayMs`, on the audio clock: a busy page does not make it late. `volume` is 0 to 1. */
export function playSound(sound: Sound, volume: number, delayMs = 0): void {
  if (context === null || context.state !== 'running' || volume === 0) return
  for (const { atMs, hz, toHz, lengthMs, shape, loudness } of tunes[sound]) {
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

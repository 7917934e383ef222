import { chime, playTune, type Tune } from '#ui/synth.ts'

export type Sound = 'press' | 'stop' | 'anticipation' | 'returned' | 'win' | 'big_win' | 'jackpot' | 'refused'

export const tunes: Readonly<Record<Sound, Tune>> = {
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

export const playSound = (sound: Sound, volume: number, delayMs = 0) => playTune(tunes[sound], volume, delayMs)

import { chime, playTune, type Tune } from '#ui/synth.ts'
import type { Rarity } from './gacha-scene.model.ts'

export type Sound = 'press' | 'drop' | Rarity | 'refused'

export const tunes: Readonly<Record<Sound, Tune>> = {
  press: [{ atMs: 0, hz: 160, toHz: 320, lengthMs: 220, shape: 'sine', loudness: 0.3 }],
  drop: [
    { atMs: 0, hz: 210, toHz: 90, lengthMs: 120, shape: 'sine', loudness: 0.4 },
    { atMs: 110, hz: 150, toHz: 80, lengthMs: 90, shape: 'sine', loudness: 0.25 },
  ],
  common: [{ atMs: 0, hz: 392, lengthMs: 140, shape: 'sine', loudness: 0.2 }],
  rare: chime([523.3, 659.3], 90, 240, 0.24),
  epic: chime([523.3, 659.3, 784, 1_046.5], 100, 360, 0.3),
  legendary: [
    ...chime([523.3, 659.3, 784, 1_046.5, 1_318.5, 1_568], 130, 620, 0.32),
    ...chime([261.6, 329.6, 392], 360, 1_100, 0.2),
  ],
  refused: [{ atMs: 0, hz: 240, toHz: 190, lengthMs: 200, shape: 'sine', loudness: 0.25 }],
}

export const playSound = (sound: Sound, volume: number, delayMs = 0) => playTune(tunes[sound], volume, delayMs)

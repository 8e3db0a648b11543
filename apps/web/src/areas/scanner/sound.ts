import type { VerdictSound } from './engine/shown';

const KEPT = 'seans.scanner-volume';
const LOUD = 0.8;

/** From 0 to 1; what was chosen before the sound was taken away comes back with it. */
export interface Loudness {
  volume: number;
  muted: boolean;
}

export function keptLoudness(): Loudness {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Partial<Loudness> | null;
    return { volume: Math.min(1, Math.max(0, kept?.volume ?? LOUD)), muted: kept?.muted === true };
  } catch {
    return { volume: LOUD, muted: false };
  }
}

export function keepLoudness(loudness: Loudness): void {
  localStorage.setItem(KEPT, JSON.stringify(loudness));
}

/** Hertz and seconds, one after the other: one high tone, two low ones, one low and one high. */
const TONES: Record<VerdictSound, [number, number][]> = {
  ok: [[1_760, 0.12]],
  refusal: [
    [220, 0.22],
    [220, 0.22],
  ],
  attention: [
    [440, 0.16],
    [880, 0.16],
  ],
};
const GAP = 0.08;
/** One short, one long, two short: felt apart in a loud foyer. */
const VIBRATION: Record<VerdictSound, number[]> = { ok: [60], refusal: [600], attention: [120, 120, 120] };

let audio: AudioContext | undefined;

/** Browsers let a page sound only after somebody touched it: called on the first touch or key. */
export function wakeSound(): void {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume();
}

/** What a verdict sounds and feels like. */
export function sound(which: VerdictSound): void {
  navigator.vibrate?.(VIBRATION[which]);
  const { volume, muted } = keptLoudness();
  if (muted || volume === 0 || audio?.state !== 'running') return;
  let at = audio.currentTime;
  for (const [hertz, seconds] of TONES[which]) {
    const source = audio.createOscillator();
    const gain = audio.createGain();
    gain.gain.value = volume * 0.5;
    source.frequency.value = hertz;
    source.connect(gain).connect(audio.destination);
    source.start(at);
    source.stop(at + seconds);
    at += seconds + GAP;
  }
}

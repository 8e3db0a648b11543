import type { ScanVerdict } from '#libs/contracts';

const KEPT = 'seans.mute';

export function isMuted(): boolean {
  return localStorage.getItem(KEPT) === 'yes';
}

export function mute(yes: boolean): void {
  localStorage.setItem(KEPT, yes ? 'yes' : 'no');
}

/** Hertz and seconds, one after the other: one high tone, two low ones, one low and one high. */
const TONES: Record<ScanVerdict['colour'], [number, number][]> = {
  green: [[1_760, 0.12]],
  red: [
    [220, 0.22],
    [220, 0.22],
  ],
  amber: [
    [440, 0.16],
    [880, 0.16],
  ],
};
const GAP = 0.08;
const REFUSAL_VIBRATION_MS = 400;

let audio: AudioContext | undefined;

/** What the gate sounds like; a refusal is also felt. */
export function sound(colour: ScanVerdict['colour']): void {
  if (colour === 'red') navigator.vibrate?.(REFUSAL_VIBRATION_MS);
  if (isMuted()) return;
  audio ??= new AudioContext();
  let at = audio.currentTime;
  for (const [hertz, seconds] of TONES[colour]) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.value = 0.25;
    tone.frequency.value = hertz;
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(at + seconds);
    at += seconds + GAP;
  }
}

import type { DevicePin, DoorScreening } from '#libs/contracts';
import type { EndedBy } from './line';
import type { PinTries } from './pin.rules';
import type { ShownVerdict } from './shown';

export type Phase = 'starting' | 'unpaired' | 'pin' | 'open' | 'ended';

/** What the screens show of the scanner. */
export interface ScannerState {
  phase: Phase;
  endedBy?: EndedBy;
  device?: { name: string; gate: string; until: string };
  pins: DevicePin[];
  tries: PinTries;
  /** Label of the shift that is on duty. */
  operator?: string;
  /** Whoever is on duty may look people up by name. */
  mayFind: boolean;
  screenings: DoorScreening[];
  screening?: DoorScreening;
  direction: 'in' | 'out';
  /** The network answers. */
  online: boolean;
  /** When the list of this screening was made, by the device's clock; null: there is none. */
  listAt: number | null;
  /** Scans that wait to be handed in. */
  waiting: number;
  /** In the hall's count: what the server said last and what the device has let in since. */
  admitted: number;
  inside: number;
  /** Festival time. */
  lastOkAt?: number;
  shown?: ShownVerdict;
  /** The scan that may still be taken back, and until when (monotonic). */
  undoable?: { scanId: string; until: number };
  /** A code was read and its verdict is on its way. */
  asking: boolean;
  practice: boolean;
  /** Writing failed, or the disk is nearly full: the scanner says so loudly. */
  trouble?: 'not-written' | 'nearly-full';
  /** What the house said no to, in its own words. */
  refused?: string;
}

export const AT_START: ScannerState = {
  phase: 'starting',
  pins: [],
  mayFind: false,
  tries: { wrong: 0, lockedUntil: 0 },
  screenings: [],
  direction: 'in',
  online: true,
  listAt: null,
  waiting: 0,
  admitted: 0,
  inside: 0,
  asking: false,
  practice: false,
};

import type { DoorText, Verdict, VerdictIcon } from '#libs/admission-code';

export type VerdictTone = 'green' | 'red' | 'amber';

export type VerdictSound = 'ok' | 'refusal' | 'attention';

/** What staff may be asked for before somebody goes in. */
export type Question = 'photo' | 'proof' | 'list';

/** A verdict as it stands on the screen. */
export interface ShownVerdict {
  scanId: string;
  verdict: Verdict;
  admitted: 'yes' | 'no' | 'ask';
  tone: VerdictTone;
  icon: VerdictIcon;
  sound: VerdictSound;
  /** A house manager may let the person in all the same. */
  overridable: boolean;
  overridden: boolean;
  direction: 'in' | 'out';
  row?: string;
  seat?: string;
  /** When and where somebody went in with it. */
  earlier?: { at: string; gate: string };
  /** The screening that it is for. */
  elsewhere?: { title: DoorText; hall: DoorText; startsAt: string };
  proof?: DoorText;
  /** Who of a group has not come yet, and how many went in now. */
  group?: { left: number; admitted: number };
  /** The holder's photo, by a link that lives a minute; online alone. */
  photo?: { url: string | null; name: string };
  /** Decided by the device itself. */
  offline: boolean;
  practice: boolean;
  /** When it appeared, by a monotonic clock. */
  since: number;
}

export function questionOf({ verdict, admitted }: ShownVerdict): Question | undefined {
  if (admitted !== 'ask') return undefined;
  if (verdict === 'photo_check_required') return 'photo';
  return verdict === 'proof_required' ? 'proof' : 'list';
}

import { type DoorFacts, type HolderFacts, type Judgement, type ReadCode, VERDICTS } from '#libs/admission-code';
import type { ScanVerdict } from '#libs/contracts';

export interface AnswerFacts {
  read: ReadCode;
  holder: HolderFacts;
  door: DoorFacts;
  place?: { row: string; seat: string } | null;
  /** A group: who moved by this scan, who has not come yet. */
  people?: number;
  groupLeft?: number;
  /** How many it put into the hall, or took out. */
  delta: number;
  badge: boolean;
}

/** What the gate shows for a judgement. */
export function answerOf(scanId: string, judged: Judgement, facts: AnswerFacts): ScanVerdict {
  const { verdict, admitted, overridden } = judged;
  const row = VERDICTS[verdict];
  const { holder, door, read, place } = facts;
  const goes = admitted === 'yes';
  const elsewhere = read.outcome === 'ok' ? door.elsewhere.get(read.code.scope) : undefined;
  return {
    scanId,
    verdict,
    admitted,
    colour: overridden ? 'green' : row.colour,
    text: row.text,
    advice: row.advice,
    icon: row.icon,
    sound: overridden ? 'ok' : row.sound,
    overridable: row.overridable,
    ...(place && goes && { row: place.row, seat: place.seat }),
    ...(verdict === 'already_used' &&
      holder.entry && { earlier: { at: holder.entry.at.toISOString(), gate: holder.entry.gate } }),
    ...((verdict === 'wrong_screening' || verdict === 'screening_changed') &&
      elsewhere && {
        elsewhere: {
          title: elsewhere.title,
          hall: elsewhere.hall,
          startsAt: elsewhere.startsAt,
          timezone: elsewhere.timezone,
        },
      }),
    ...(verdict === 'proof_required' && holder.proof && { proof: holder.proof }),
    ...(verdict === 'photo_check_required' && facts.badge && { photo: true }),
    ...(facts.people !== undefined && { people: facts.people }),
    ...(facts.groupLeft !== undefined && { groupLeft: facts.groupLeft }),
    ...(overridden && { overridden: true }),
    ...(door.capacity && {
      capacity: { of: door.capacity.of, inside: Math.max(0, door.capacity.inside + facts.delta) },
    }),
  };
}

import {
  type Elsewhere,
  judgeOffline,
  listKeyOf,
  type OfflineJudgement,
  type OwnScan,
  readAdmissionCode,
  readDoor,
  VERDICTS,
  type WireElsewhere,
} from '#libs/admission-code';
import type { DoorScreening, ScanCode, ScanVerdict, UploadedScan } from '#libs/contracts';
import type { HeldList } from './held-list';
import type { ShownVerdict } from './shown';

/** One scan as the device keeps it: what goes up, and what it means for later scans. */
export interface LoggedScan {
  scan: UploadedScan;
  /** Keys in the list of whoever went in or out. */
  people: string[];
  gate: string;
  /** It took a place of the share for badges without booking. */
  alone: boolean;
  /** The server decided it and has it: festival time. */
  storedAt?: string;
}

export interface OwnSituation {
  editionId: string;
  gate: string;
  screening: DoorScreening;
  elsewhere: readonly WireElsewhere[];
  list: HeldList | undefined;
  log: readonly LoggedScan[];
  /** Festival time now. */
  at: Date;
  /** How old the list is; `staleAfterMs` is the house's limit. */
  listAgeMs: number;
  staleAfterMs: number;
}

export interface OwnVerdict {
  judgement: OfflineJudgement;
  /** In the list; empty for what is no code of ours. */
  key: string;
  elsewhere?: Elsewhere;
}

/** The log as the judge reads it: the scans of this screening, one for each person. */
export function ownScans(log: readonly LoggedScan[], screeningId: string): OwnScan[] {
  return log
    .filter(({ scan }) => scan.screeningId === screeningId)
    .flatMap(({ scan, people, gate, alone, storedAt }) =>
      people.map((key) => ({
        key,
        at: new Date(scan.festivalAt ?? scan.at),
        gate,
        direction: scan.direction ?? 'in',
        admitted: scan.admitted,
        alone,
        ...(scan.undone && { undone: true }),
        ...(storedAt && { storedAt: new Date(storedAt) }),
      })),
    );
}

/** What the device says by itself, by the judge that the server uses too. */
export async function ownVerdict(situation: OwnSituation, body: ScanCode): Promise<OwnVerdict> {
  const { list, screening, log } = situation;
  const read = await readAdmissionCode(body.code, list?.keys ?? new Map());
  const key = read.outcome === 'ok' && list ? await listKeyOf(list.listKey, read.code.serial) : '';
  const door = readDoor(screening, situation.editionId, situation.elsewhere, {
    ageMs: situation.listAgeMs,
    staleAfterMs: situation.staleAfterMs,
  });
  const judgement = judgeOffline(
    read,
    key,
    list?.judged ?? { entries: new Map(), tables: { proofs: [], windows: [], shares: [] }, at: new Date(0) },
    ownScans(
      log.filter(({ scan }) => scan.scanId !== body.scanId),
      screening.id,
    ),
    door,
    {
      at: situation.at,
      direction: body.direction ?? 'in',
      scanId: body.scanId,
      answers: { ...body.answers, override: body.answers?.override !== undefined },
    },
    body.admit,
  );
  const elsewhere = read.outcome === 'ok' ? door.elsewhere.get(read.code.scope) : undefined;
  const wrongDoor = judgement.verdict === 'wrong_screening' || judgement.verdict === 'screening_changed';
  return { judgement, key, ...(wrongDoor && elsewhere && { elsewhere }) };
}

/** How a verdict looks and sounds: what staff said no to is red, whom a house manager let in is green. */
export function lookOf(
  verdict: ShownVerdict['verdict'],
  admitted: ShownVerdict['admitted'],
): Pick<ShownVerdict, 'tone' | 'icon' | 'sound'> {
  const row = VERDICTS[verdict];
  if (admitted === row.admitted) return { tone: row.colour, icon: row.icon, sound: row.sound };
  if (admitted === 'yes') return { tone: 'green', icon: 'tick', sound: 'ok' };
  return { tone: 'red', icon: 'cross', sound: 'refusal' };
}

export function shownOwn({ judgement, elsewhere }: OwnVerdict, body: ScanCode, since: number): ShownVerdict {
  const { verdict, admitted, overridden, row, seat, earlier, groupLeft, proof, people } = judgement;
  return {
    scanId: body.scanId,
    verdict,
    admitted,
    ...lookOf(verdict, admitted),
    overridable: VERDICTS[verdict].overridable,
    overridden,
    direction: body.direction ?? 'in',
    ...(row !== undefined && { row }),
    ...(seat !== undefined && { seat }),
    ...(earlier && { earlier: { at: earlier.at.toISOString(), gate: earlier.gate } }),
    ...(elsewhere && { elsewhere }),
    ...(proof && { proof }),
    ...(groupLeft !== undefined && { group: { left: groupLeft, admitted: people.length } }),
    offline: true,
    practice: false,
    since,
  };
}

export function shownAnswer(answer: ScanVerdict, body: ScanCode, since: number): ShownVerdict {
  const verdict = (answer.verdict in VERDICTS ? answer.verdict : 'unknown') as ShownVerdict['verdict'];
  return {
    scanId: body.scanId,
    verdict,
    admitted: answer.admitted,
    ...lookOf(verdict, answer.admitted),
    overridable: answer.overridable ?? VERDICTS[verdict].overridable,
    overridden: answer.overridden === true,
    direction: body.direction ?? 'in',
    ...(answer.row !== undefined && { row: answer.row }),
    ...(answer.seat !== undefined && { seat: answer.seat }),
    ...(answer.earlier && { earlier: answer.earlier }),
    ...(answer.elsewhere && { elsewhere: answer.elsewhere }),
    ...(answer.proof && { proof: answer.proof }),
    ...(answer.groupLeft !== undefined && { group: { left: answer.groupLeft, admitted: answer.people ?? 1 } }),
    offline: false,
    practice: false,
    since,
  };
}

import { randomUUID } from 'node:crypto';
import {
  importAdmissionKey,
  importListKey,
  judgeOffline,
  listKeyOf,
  type OfflineJudgement,
  type OwnScan,
  readAdmissionCode,
  readDoor,
} from '#libs/admission-code';
import type { DoorList, HousePage, Order, UploadedScan, UploadedScans } from '#libs/contracts';
import { type Gate, openGate } from './gate.js';
import type { Stage } from './stage.js';
import { check, until } from './walk.js';

const STALE_MS = 6 * 3_600_000;

/** A gate that fetched its list and then lost its line: it judges by the list and its own log, and keeps what it saw. */
class OfflineGate {
  private readonly log: OwnScan[] = [];
  readonly kept: UploadedScan[] = [];

  constructor(
    private readonly edition: string,
    private readonly list: DoorList,
  ) {}

  async scan(code: string): Promise<OfflineJudgement> {
    const keys = await Promise.all(
      this.list.keys.map(async ({ id, publicKey }) => [id, await importAdmissionKey(publicKey)] as const),
    );
    const read = await readAdmissionCode(code, new Map(keys));
    const key = read.outcome === 'ok' ? await listKeyOf(await importListKey(this.list.listKey), read.code.serial) : '';
    const { entries, proofs, windows, shares, festivalTime, screening } = this.list;
    const list = {
      entries: new Map(entries.map((entry) => [entry.k, entry])),
      tables: { proofs, windows, shares },
      at: new Date(festivalTime),
    };
    const scanId = randomUUID();
    const at = new Date(list.at.getTime() + 1_000 * (1 + this.kept.length));
    const door = readDoor(screening, this.edition, [], { ageMs: 0, staleAfterMs: STALE_MS });
    const judged = judgeOffline(read, key, list, this.log, door, { at, direction: 'in', scanId });
    const admitted = judged.admitted === 'yes';
    for (const person of judged.people)
      this.log.push({ key: person, at, gate: '2', direction: 'in', admitted, alone: judged.alone });
    this.kept.push({
      scanId,
      screeningId: screening.id,
      code,
      at: new Date().toISOString(),
      verdict: judged.verdict,
      admitted,
      listVersion: this.list.version,
      listAt: this.list.at,
      seq: this.kept.length + 1,
    });
    return judged;
  }
}

/** Two gates of one hall, one without a line: both let the same ticket in, and the house manager finds one conflict. */
export async function twoGates(
  stage: Stage,
  screening: string,
  order: Order,
  say: (line: string) => void,
): Promise<void> {
  const manager = await stage.signedIn('house-manager');
  const [first, second] = [await openGate(stage, '1'), await openGate(stage, '2')];
  const list = await second.get<DoorList>(`/screenings/${screening}/list`);
  check(list.status === 200 && list.body.full, 'the second gate has its list', list.body);
  const [used, fresh] = order.tickets;
  const offline = new OfflineGate(stage.edition, list.body);
  const known = await offline.scan(used!.admissionCode);
  check(known.verdict === 'already_used', 'offline: the list knows who is in', known);
  const alone = await offline.scan(fresh!.admissionCode);
  check(alone.verdict === 'ok', 'offline: the other ticket opens the door', alone);
  const again = await offline.scan(fresh!.admissionCode);
  check(again.verdict === 'already_used', 'offline: not twice, the device remembers', again);
  const online = await scanAt(first, screening, fresh!.admissionCode);
  check(online === 'ok', 'the first gate cannot know and lets the same ticket in', online);
  const sent = await upload(second, offline.kept);
  check(sent.scans.filter(({ outcome }) => outcome === 'conflict').length === 1, 'the upload names one conflict', sent);
  const repeated = await upload(second, offline.kept);
  check(
    repeated.scans.every(({ outcome }) => outcome === 'repeated'),
    'sent again, it changes nothing',
    repeated,
  );
  const house = async () => (await manager.get<HousePage>(`/tickets/door/house/${screening}`)).body;
  const page = await house();
  const clash = page.conflicts.find(({ kind }) => kind === 'entered-twice');
  check(
    page.conflicts.length === 1 && clash?.scans.length === 2,
    'the house manager sees one conflict',
    page.conflicts,
  );
  const gates = clash!.scans.map(({ gate, offline: by }) => `gate ${gate}${by ? ' (offline)' : ''}`).join(' and ');
  say(`row ${clash!.row}, seat ${clash!.seat} entered twice: ${gates}; ${page.screening.admitted} admitted in all`);
  await manager.post(`/tickets/door/house/${screening}/conflicts`, {
    key: clash!.key,
    note: 'One left by the side door',
  });
  await until('the conflict is settled', async () => (await house()).conflicts[0]?.settled);
  say('the upload was sent twice and changed nothing; the conflict is settled with a note');
}

async function scanAt(gate: Gate, screeningId: string, code: string): Promise<string> {
  const scan = { scanId: randomUUID(), screeningId, code, at: new Date().toISOString() };
  return (await gate.post<{ verdict: string }>('/scans', scan)).body.verdict;
}

async function upload(gate: Gate, scans: UploadedScan[]): Promise<UploadedScans> {
  const answer = await gate.post<UploadedScans>('/uploads', { scans });
  check(answer.status === 200, 'the upload is taken', answer.body);
  return answer.body;
}

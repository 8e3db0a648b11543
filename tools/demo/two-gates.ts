import { randomUUID } from 'node:crypto';
import type { DoorList, HousePage, Order, UploadedScan, UploadedScans } from '#libs/contracts';
import { OfflineGate } from '../gate-device/offline-gate.js';
import { type Gate, openGate } from './gate.js';
import type { Stage } from './stage.js';
import { check, until } from './walk.js';

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

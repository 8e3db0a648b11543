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
import type { DoorList, UploadedScan } from '#libs/contracts';

const STALE_MS = 6 * 3_600_000;

/** A gate that fetched its list and then lost its line: it judges by the list and its own log, and keeps what it saw. */
export class OfflineGate {
  private readonly log: OwnScan[] = [];
  readonly kept: UploadedScan[] = [];

  constructor(
    private readonly edition: string,
    private readonly list: DoorList,
    private readonly gate = '2',
  ) {}

  async scan(code: string, scanId: string = randomUUID()): Promise<OfflineJudgement> {
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
    const at = new Date(list.at.getTime() + 1_000 * (1 + this.kept.length));
    const door = readDoor(screening, this.edition, [], { ageMs: 0, staleAfterMs: STALE_MS });
    const judged = judgeOffline(read, key, list, this.log, door, { at, direction: 'in', scanId });
    const admitted = judged.admitted === 'yes';
    for (const person of judged.people)
      this.log.push({ key: person, at, gate: this.gate, direction: 'in', admitted, alone: judged.alone });
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

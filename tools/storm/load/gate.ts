import type { DoorList } from '#libs/contracts';
import { newDeviceKey } from '../../gate-device/device-key.js';
import { OfflineGate } from '../../gate-device/offline-gate.js';
import { EDITION, type Sale } from '../house/stock.js';
import { Asker } from './asker.js';
import type { Answer } from './http.js';

/** Most scans of one upload. */
const BATCH = 10;

function expected(answer: Answer, status: number, what: string): Answer {
  if (answer.status !== status) throw new Error(`${what}: ${answer.status} ${answer.code ?? ''}`);
  return answer;
}

/** Whoever runs the house, signed in at the gateway. */
export class HouseManager extends Asker {
  async signIn(login: object): Promise<void> {
    const answer = await this.browser.post('/session/sign-in', login);
    if (answer.status >= 300) throw new Error(`the house manager is not let in: ${answer.status} ${answer.code}`);
  }

  /** A pairing code for a scanner at this gate. */
  async register(gate: string): Promise<string> {
    const body = { editionId: EDITION, name: `storm ${gate}`, gate };
    const key = { 'Idempotency-Key': this.dice.uuid() };
    const answer = expected(
      await this.browser.post('/tickets/door/devices', body, key),
      201,
      'a scanner is registered',
    );
    return (answer.body as { pairingCode: string }).pairingCode;
  }

  /** What does not fit at a screening. */
  async clashes(sale: Sale): Promise<number> {
    const answer = await this.insist({ deed: 'clashes', screening: sale.id }, () =>
      this.browser.get(`/tickets/door/house/${sale.id}`),
    );
    return (expected(answer, 200, 'the page of the house').body as { conflicts: unknown[] }).conflicts.length;
  }
}

/** A scanner with its own key. With a line it asks the house; without one it judges by its lists and keeps what it saw. */
export class GateDevice extends Asker {
  private token = '';
  private readonly alone = new Map<string, OfflineGate>();

  /** Pairs by the code and opens a session, all through the gateway. */
  async pair(pairingCode: string): Promise<void> {
    const key = newDeviceKey();
    const proof = { pairingCode, publicKey: key.publicKey, proof: key.sign(pairingCode) };
    const paired = expected(await this.browser.post('/tickets/door/pair', proof), 201, 'a scanner pairs');
    const { deviceId } = paired.body as { deviceId: string };
    const asked = expected(await this.browser.post('/tickets/door/challenges', { deviceId }), 201, 'a challenge');
    const { challenge } = asked.body as { challenge: string };
    const session = { deviceId, challenge, signature: key.sign(challenge) };
    const opened = expected(await this.browser.post('/tickets/door/sessions', session), 201, 'a session of a scanner');
    this.token = (opened.body as { token: string }).token;
  }

  /** From now on it is without a line at these doors; it has their lists. */
  async loseLine(sales: readonly Sale[]): Promise<void> {
    for (const sale of sales) {
      const answer = await this.browser.get(`/tickets/door/screenings/${sale.id}/list`, this.headers);
      this.alone.set(sale.id, new OfflineGate(EDITION, expected(answer, 200, 'a list').body as DoorList, this.name));
    }
  }

  async scan(sale: Sale, code: string, scan: string): Promise<void> {
    const list = this.alone.get(sale.id);
    if (list) {
      const { record } = this.shop;
      const call = record.asked({ who: this.name, deed: 'judge', screening: sale.id, code, scan });
      const { verdict, admitted } = await list.scan(code, scan);
      record.told(call, { status: 200, verdict, admitted: admitted === 'yes' });
      return;
    }
    const body = { scanId: scan, screeningId: sale.id, code, at: new Date().toISOString() };
    await this.insist({ deed: 'scan', screening: sale.id, code, scan }, () =>
      this.browser.post('/tickets/door/scans', body, this.headers),
    );
  }

  /** What it saw without a line, in pieces; each answers when the house has taken it. */
  uploads(): (() => Promise<void>)[] {
    const kept = [...this.alone.values()].flatMap((one) => one.kept);
    return Array.from({ length: Math.ceil(kept.length / BATCH) }, (_, n) => async () => {
      const scans = kept.slice(n * BATCH, (n + 1) * BATCH);
      const answer = await this.insist({ deed: 'upload', scans: scans.map(({ scanId }) => scanId) }, () =>
        this.browser.post('/tickets/door/uploads', { scans }, this.headers),
      );
      expected(answer, 200, 'an upload');
    });
  }

  private get headers(): Record<string, string> {
    return { 'X-Device-Token': this.token };
  }
}

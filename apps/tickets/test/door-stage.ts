import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { areaBits, editionTag, writeAdmissionCode } from '#libs/admission-code';
import type { DoorList, ScanVerdict } from '#libs/contracts';
import { castMember, EDITION, type TestScanner } from '#libs/testing';
import { FestivalClock } from '../src/copies/programme-copy/festival-clock.js';
import { AdmissionCodes } from '../src/sale/issued-tickets/admission-codes.js';
import { openStage, type TicketsStage } from './tickets-stage.js';

const MINUTE = 60_000;
const KEY_ID = 21;

export interface TestGate extends TestScanner {
  /** The gate goes on with a further session. */
  goOn(token: string): void;
  post<T = ScanVerdict>(path: string, body: object): Promise<{ status: number; body: T }>;
  get<T>(path: string): Promise<{ status: number; body: T }>;
  scan(screeningId: string, code: string, more?: object): Promise<ScanVerdict>;
  list(screeningId: string, since?: string): Promise<DoorList>;
}

/** Tickets and badges that a spec puts straight into the books, and gates to show them at. */
export interface DoorStage {
  stage: TicketsStage;
  manager: ReturnType<typeof castMember>;
  gate(device?: object): Promise<TestGate>;
  /** Doors opened half an hour before its start, which is so many minutes from now. */
  screening(startsIn: number, changes?: object): Promise<string>;
  ticket(screening: string, seat: string, more?: { state?: string; endedAs?: string; kind?: string }): Promise<Held>;
  group(screening: string, seats: string[]): Promise<Held & { members: Held[] }>;
  badge(more?: {
    state?: string;
    classes?: string[];
    areas?: string[];
    rights?: object;
    /** Its application was rejected after it was issued. */
    unapproved?: true;
    booking?: { screening: string; seat: string; state: string };
    /** Of the code alone. */
    edition?: string;
    keyId?: number;
  }): Promise<Badge>;
  /** It was moved from another hour. */
  moved(screening: string): Promise<void>;
  stepFestival(minutes: number): Promise<void>;
}

export interface Held {
  serial: string;
  code: string;
}
export interface Badge extends Held {
  badgeId: string;
  who: ReturnType<typeof castMember>;
  end(state: 'suspended' | 'revoked' | 'replaced' | 'reported_lost'): Promise<void>;
}

export async function openDoor(env: Record<string, string> = {}): Promise<DoorStage> {
  const pair = generateKeyPairSync('ed25519');
  const stage = await openStage({
    BADGE_KEYS: JSON.stringify({ [KEY_ID]: pair.publicKey.export({ format: 'jwk' }).x }),
    ...env,
  });
  const manager = castMember('door-manager', ['house-manager']);
  const codes = stage.service.app.get(AdmissionCodes, { strict: false });
  let steps = 1_000;
  let people = 0;
  const query = (sql: string, values: unknown[]) => stage.db.database.query<{ id: string }>(sql, values);
  const newSerial = () => randomUUID().replaceAll('-', '').slice(0, 20);
  const coded = async (screening: string, serial: string): Promise<Held> => ({
    serial,
    code: await codes.forTicket(EDITION, screening, serial),
  });
  const order = async () => {
    const id = randomUUID();
    await query(
      `INSERT INTO orders (id, number, edition_id, person_id, buyer, state, language, total, currency, consent, pay_until)
       VALUES ($1, $2, $3, $4, $4, 'paid', 'en', 0, 'KZT', '{}', clock_timestamp())`,
      [id, newSerial(), EDITION, randomUUID()],
    );
    return id;
  };
  const line = async (of: string, no: number, screening: string, seat: string, kind = 'full') => {
    const [row, number] = seat.split('-');
    await query(
      `INSERT INTO order_line (order_id, line_no, screening_id, seat_id, row_label, seat_label, category, amount, list_amount, kind)
       VALUES ($1, $2, $3, $4, $5, $6, $5, 0, 0, $7)`,
      [of, no, screening, seat, row, number, kind],
    );
    await query(
      `INSERT INTO seat_claim (screening_id, seat_id, owner_kind, owner_id, line_no) VALUES ($1, $2, 'order', $3, $4) ON CONFLICT DO NOTHING`,
      [screening, seat, of, no],
    );
    const serial = newSerial();
    await query(`INSERT INTO ticket (order_id, line_no, screening_id, serial, state) VALUES ($1, $2, $3, $4, 'live')`, [
      of,
      no,
      screening,
      serial,
    ]);
    return serial;
  };
  return {
    stage,
    manager,
    async gate(device) {
      const scanner = await stage.scanner(manager, device);
      let { token } = scanner;
      const send = async (method: string, path: string, body?: object) => {
        const answer = await fetch(`${stage.service.url}/door${path}`, {
          method,
          headers: { 'X-Device-Token': token, 'Content-Type': 'application/json' },
          ...(body && { body: JSON.stringify(body) }),
        });
        const text = await answer.text();
        return { status: answer.status, body: text ? JSON.parse(text) : undefined };
      };
      return {
        ...scanner,
        goOn: (next) => {
          token = next;
        },
        post: (path, body) => send('POST', path, body),
        get: (path) => send('GET', path),
        scan: async (screeningId, code, more = {}) =>
          (
            await send('POST', '/scans', {
              scanId: randomUUID(),
              screeningId,
              code,
              at: new Date().toISOString(),
              ...more,
            })
          ).body,
        list: async (id, since) => (await send('GET', `/screenings/${id}/list${since ? `?since=${since}` : ''}`)).body,
      };
    },
    screening(startsIn, changes = {}) {
      const iso = (minutes: number) => new Date(Date.now() + (startsIn + minutes) * MINUTE).toISOString();
      return stage.screening({
        startsAt: iso(0),
        endsAt: iso(90),
        doorsOpenAt: iso(-30),
        lateEntryUntil: iso(15),
        ...changes,
      });
    },
    async ticket(screening, seat, { state, endedAs, kind } = {}) {
      const serial = await line(await order(), 1, screening, seat, kind);
      if (state) await query(`UPDATE ticket SET state = $2, ended_as = $3 WHERE serial = $1`, [serial, state, endedAs]);
      return coded(screening, serial);
    },
    async group(screening, seats) {
      const of = await order();
      const serials: string[] = [];
      for (const [no, seat] of seats.entries()) serials.push(await line(of, no + 1, screening, seat));
      const serial = newSerial();
      await query('INSERT INTO group_code (order_id, screening_id, serial) VALUES ($1, $2, $3)', [
        of,
        screening,
        serial,
      ]);
      return {
        ...(await coded(screening, serial)),
        members: await Promise.all(serials.map((one) => coded(screening, one))),
      };
    },
    async badge({
      state,
      classes = ['press'],
      areas = ['A'],
      rights,
      unapproved,
      booking,
      edition = EDITION,
      keyId = KEY_ID,
    } = {}) {
      const who = castMember(`door-holder-${++people}`);
      const serial = newSerial();
      const data = {
        badgeId: randomUUID(),
        accreditationId: randomUUID(),
        editionId: EDITION,
        personId: who.id,
        serial,
      };
      const topic = 'accreditations';
      await stage.tell({ type: 'accreditations.badge.issued.v1', topic }, data.badgeId, 1, {
        ...data,
        function: 'press',
        classes,
        areas,
        validFrom: '2019-09-13T00:00:00.000Z',
        validUntil: '2030-09-21T00:00:00.000Z',
        ...(rights && { rights }),
      });
      const end: Badge['end'] = (as) =>
        stage.tell({ type: 'accreditations.badge.revoked.v1', topic }, data.badgeId, 2, {
          ...data,
          state: as,
          reason: null,
        });
      if (unapproved)
        await stage.tell({ type: 'accreditations.application.decided.v2', topic }, data.accreditationId, 9, {
          applicationId: data.accreditationId,
          editionId: EDITION,
          personId: who.id,
          category: 'press',
          categoryName: { kk: 'Баспасөз', ru: 'Пресса', en: 'Press' },
          decision: 'rejected',
          until: null,
        });
      if (state) await end(state as 'revoked');
      if (booking) {
        const [row, seat] = booking.seat.split('-');
        await query(
          `INSERT INTO booking (id, accreditation_id, person_id, edition_id, screening_id, row_label, seat_label, state, end_reason)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $8 = 'released' THEN 'not-here' END)`,
          [randomUUID(), data.accreditationId, who.id, EDITION, booking.screening, row, seat, booking.state],
        );
      }
      const code = await writeAdmissionCode(
        {
          kind: 'badge',
          keyId,
          editionTag: editionTag(edition),
          serial,
          validFrom: new Date('2019-09-13T00:00:00Z'),
          validUntil: new Date('2030-09-21T00:00:00Z'),
          scope: areaBits(areas),
        },
        (bytes) => sign(null, bytes, pair.privateKey),
      );
      return { serial, code, badgeId: data.badgeId, who, end };
    },
    async moved(screening) {
      await query(
        `INSERT INTO seating_move (id, screening_id, edition_id, state, from_facts, to_facts, preview, seating, paused_before)
         SELECT $2, screening_id, edition_id, 'settled', data || '{"startsAt": "2019-09-14T10:00:00.000Z"}', data, '{}', '{}', false
           FROM screening_copy WHERE screening_id = $1`,
        [screening, randomUUID()],
      );
    },
    async stepFestival(minutes) {
      await stage.tell({ type: 'screenings.festival-clock.set.v1', topic: 'screenings' }, EDITION, ++steps, {
        editionId: EDITION,
        offsetMs: minutes * MINUTE,
      });
      await stage.service.app.get(FestivalClock).load();
    },
  };
}

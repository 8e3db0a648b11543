import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { audit } from '../../../tools/audit/audit.js';
import { Auditor } from '../src/reports/auditor/auditor.js';
import { AuditorMetrics } from '../src/reports/auditor/auditor.metrics.js';
import { INVARIANTS, nameOf, wholeCount } from '../src/reports/auditor/invariants.js';
import { type DoorStage, openDoor } from './door-stage.js';

const SILENT = { error: () => undefined, warn: () => undefined } as unknown as Logger;

/** Each invariant is broken by hand in books that keep it, and must be seen by a look, by the whole count and by nobody else. */
describe('the auditor', () => {
  let door: DoorStage;
  let screening: string;

  const sql = <T extends object = { id: string }>(text: string, values: unknown[] = []) =>
    door.stage.db.database.query<T>(text, values);
  const orderOf = async (serial: string) =>
    (await sql<{ id: string }>('SELECT order_id AS id FROM ticket WHERE serial = $1', [serial]))[0]!.id;
  const wholly = async () => {
    const wrong: string[] = [];
    for (const one of INVARIANTS) {
      const [row] = await sql<{ n: string }>(`SELECT (${wholeCount(one)})::int AS n`);
      if (Number(row!.n) > 0) wrong.push(nameOf(one));
    }
    return wrong;
  };
  const auditor = (slice = 3) => {
    const metrics = new AuditorMetrics(new Registry());
    const settings = { AUDITOR_SLICE: slice, AUDITOR_STATEMENT_MS: 5_000, AUDITOR_CONFIRM_MS: 0 };
    return { metrics, auditor: new Auditor(door.stage.db.database, metrics, settings, SILENT) };
  };
  const told = async (metrics: AuditorMetrics) =>
    (await metrics.violations.get()).values.filter(({ value }) => value > 0).map(({ labels }) => labels.invariant);
  const booked = (order: string, account: string, amount: number, posting = randomUUID()) =>
    sql(
      `INSERT INTO ledger_entry (order_id, posting, account, amount, currency, reason) VALUES ($1, $2, $3, $4, 'KZT', 'planted')`,
      [order, posting, account, amount],
    );
  const order = async (state = 'placed', paid = false) => {
    const id = randomUUID();
    await sql(
      `INSERT INTO orders (id, number, edition_id, person_id, buyer, state, language, total, currency, consent, pay_until, paid_at)
       VALUES ($1, $2, 'almaty-2019', 'p', 'p', $3, 'en', 0, 'KZT', '{}', clock_timestamp(), CASE WHEN $4 THEN clock_timestamp() END)`,
      [id, randomUUID().slice(0, 20), state, paid],
    );
    return id;
  };
  const attempt = async (of: string, captured: number, state = 'paid') => {
    const id = randomUUID();
    await sql(
      `INSERT INTO payment_attempt (id, order_id, provider, amount, currency, state, lives_until, captured)
       VALUES ($1, $2, 'freedompay', $3, 'KZT', $4, clock_timestamp(), $3)`,
      [id, of, captured, state],
    );
    if (captured > 0)
      await sql(
        `INSERT INTO fiscal_receipt (source, kind, channel, order_id, amount, currency, state, next_try_at)
         VALUES ($1, 'sale', 'online', $2, $3, 'KZT', 'registered', NULL)`,
        [id, of, captured],
      );
    return id;
  };
  const claim = (seat: string, kind: string, owner: string) =>
    sql('INSERT INTO seat_claim (screening_id, seat_id, owner_kind, owner_id) VALUES ($1, $2, $3, $4)', [
      screening,
      seat,
      kind,
      owner,
    ]);
  const noted = (action: string) =>
    sql(`INSERT INTO audit_entry (actor, action, subject) VALUES ('a', $1, 's')`, [action]);
  const sealed = () => sql('SELECT seal_audit(1000)');

  /** How each is broken; what else that breaks by its nature stands behind it. */
  const PLANTED: Record<string, { plant: () => Promise<unknown>; also?: string[] }> = {
    'I1 one live ticket per seat': {
      plant: async () => {
        const { serial } = await door.ticket(screening, 'A-2');
        await sql('DROP INDEX ticket_standing_once');
        await sql(
          `INSERT INTO ticket (order_id, line_no, screening_id, serial, state) SELECT order_id, line_no, screening_id, $2, 'live' FROM ticket WHERE serial = $1`,
          [serial, randomUUID().slice(0, 20)],
        );
      },
      also: ['I2 every paid order has exactly its tickets'],
    },
    'I1 one claim behind every live ticket': {
      plant: async () => {
        const { serial } = await door.ticket(screening, 'A-3');
        await sql('DELETE FROM seat_claim WHERE owner_id = $1', [await orderOf(serial)]);
      },
      also: ['I4 no live order without its claims'],
    },
    'I2 every paid order has exactly its tickets': {
      plant: async () => {
        const { serial } = await door.ticket(screening, 'A-4');
        await sql(`UPDATE ticket SET state = 'ended', ended_as = 'refunded' WHERE serial = $1`, [serial]);
      },
    },
    'I2 every captured payment belongs to one paid order, or is refunded, or due': {
      plant: async () => {
        const of = await order('expired');
        await attempt(of, 500);
        const posting = randomUUID();
        await booked(of, 'provider:freedompay', 500, posting);
        await booked(of, 'planted', -500, posting);
      },
    },
    'I2 what the books call sold is what the standing seats and passes cost': {
      plant: async () => {
        const of = await order('expired', true);
        const posting = randomUUID();
        await booked(of, 'sales', -700, posting);
        await booked(of, 'planted', 700, posting);
      },
    },
    'I3 each order\u0027s ledger sums to zero': {
      plant: async () => booked(await order(), 'planted', 1),
      also: ['I3 each posting sums to zero'],
    },
    'I3 each posting sums to zero': {
      plant: async () => {
        const of = await order();
        await booked(of, 'planted', 5);
        await booked(of, 'planted', -5);
      },
    },
    'I3 captured minus refunded and charged back is the ledger\u0027s provider account': {
      plant: async () => attempt(await order('paid'), 900),
    },
    'I3 nothing is left between orders that were exchanged, or between a return and what is owed for it': {
      plant: async () => {
        const [of, posting] = [await order(), randomUUID()];
        await booked(of, 'exchange', 40, posting);
        await booked(of, 'planted', -40, posting);
      },
    },
    'I3 what is owed to buyers is what their refunds have not brought yet': {
      plant: async () => {
        const [of, posting] = [await order(), randomUUID()];
        await booked(of, 'owed-to-buyer', -40, posting);
        await booked(of, 'planted', 40, posting);
      },
    },
    'I3 every captured payment and every finished refund has exactly its fiscal receipt': {
      plant: async () => {
        const [of, posting] = [await order('paid'), randomUUID()];
        const id = await attempt(of, 300);
        await sql('DELETE FROM fiscal_receipt WHERE source = $1', [id]);
        await booked(of, 'provider:freedompay', 300, posting);
        await booked(of, 'planted', -300, posting);
      },
    },
    'I3 what cash the books know is what the drawers of the counter saw': {
      plant: () =>
        sql(
          `WITH shift AS (INSERT INTO counter_shift (id, edition_id, till, clerk, currency, opening_float)
                          VALUES (gen_random_uuid(), 'planted', '1', 'a', 'KZT', 500) RETURNING id)
           INSERT INTO drawer_movement (shift_id, kind, amount, actor) SELECT id, 'float', 500, 'a' FROM shift`,
        ),
    },
    'I3 receipts and credit notes are numbered without gaps': {
      plant: () => sql(`INSERT INTO receipt_series (edition_id, kind, last) VALUES ('planted', 'receipt', 3)`),
    },
    'I4 who has a ticket and no seat of the hall is on the list of those who wait for one': {
      plant: async () => {
        await sql('ALTER TABLE seat_claim DISABLE TRIGGER USER');
        await claim('~1', 'order', await order('awaiting-payment'));
      },
    },
    'I4 no live claim without a live owner': { plant: () => claim('C-1', 'booking', randomUUID()) },
    'I4 an open offer has all its seats': {
      plant: async () => {
        const entry = randomUUID();
        await sql(
          `INSERT INTO waitlist_entry (id, edition_id, screening_id, person_id, buyer, language, seats, state)
           VALUES ($1, 'almaty-2019', $2, 'w', 'w', 'en', 2, 'offered')`,
          [entry, screening],
        );
        await sql(
          `INSERT INTO waitlist_offer (id, entry_id, screening_id, until, limits)
           VALUES ($1, $2, $3, clock_timestamp() + interval '1 day', '{}')`,
          [randomUUID(), entry, screening],
        );
      },
    },
    'I4 a lease that goes on has every seat that nobody has sold from it, and only those': {
      plant: async () => {
        const [shift, lease] = [randomUUID(), randomUUID()];
        await sql(
          `INSERT INTO counter_shift (id, edition_id, till, clerk, currency, opening_float) VALUES ($1, 'almaty-2019', '9', 'p', 'KZT', 0)`,
          [shift],
        );
        await sql(
          `INSERT INTO counter_lease (id, shift_id, edition_id, screening_id, ends_at) VALUES ($1, $2, 'almaty-2019', $3, clock_timestamp() + interval '1 hour')`,
          [lease, shift, screening],
        );
        await sql(
          `INSERT INTO counter_lease_seat (lease_id, line_no, serial, row_label, seat_label, category, kinds) VALUES ($1, 1, 'planted', 'A', '1', 'A', '[]')`,
          [lease],
        );
      },
    },
    'I4 an admitted rush number has its one seat': {
      plant: () =>
        sql(
          `INSERT INTO rush_number (id, edition_id, screening_id, number, state, given_by) VALUES ($1, 'almaty-2019', $2, 77, 'admitted', 'p')`,
          [randomUUID(), screening],
        ),
    },
    'I4 no live order without its claims': {
      plant: async () =>
        sql(
          `INSERT INTO order_line (order_id, line_no, screening_id, seat_id, row_label, seat_label, category, amount, list_amount, kind)
           VALUES ($1, 1, $2, 'C-5', 'C', '5', 'C', 0, 0, 'full')`,
          [await order('awaiting-payment'), screening],
        ),
    },
    'I4 no live booking without its claim': {
      plant: () => door.badge({ booking: { screening, seat: 'C-7', state: 'booked' } }),
    },
    'I7 one entry per code and screening': {
      plant: async () => {
        const gate = await door.gate();
        const { code, serial } = await door.ticket(screening, 'B-1');
        await gate.scan(screening, code);
        await sql('DROP INDEX scan_entry_once');
        await sql(
          `INSERT INTO scan (id, device_id, screening_id, gate, serial, verdict, device_at, festival_at, answer)
           SELECT $2, device_id, screening_id, gate, serial, 'ok', device_at, festival_at, answer FROM scan WHERE serial = $1`,
          [serial, randomUUID()],
        );
      },
    },
    'I9 one idempotency key, one order': {
      plant: async () => {
        for (const key of ['one', 'two'])
          await sql(
            `INSERT INTO idempotency (operation, caller, key, fingerprint, answer) VALUES ('place-order', 'c', $1, 'f', '{"order": "planted"}')`,
            [key],
          );
      },
    },
    'I10 the seals of the audit log are whole: nothing in it was changed, taken out or put in between': {
      plant: async () => {
        await noted('planted.changed');
        await sealed();
        await sql(`UPDATE audit_entry SET actor = 'somebody else' WHERE action = 'planted.changed'`);
      },
    },
    'I10 every audit entry is sealed within a minute': {
      plant: () =>
        sql(
          `INSERT INTO audit_entry (at, actor, action, subject) OVERRIDING SYSTEM VALUE VALUES (clock_timestamp() - interval '1 hour', 'a', 'planted.late', 's')`,
        ),
    },
    'I11 used = sum of uses, never above capacity': {
      plant: () => sql(`INSERT INTO usage_limit (id, capacity, used) VALUES ('planted', 5, 2)`),
    },
  };

  beforeEach(async () => {
    door = await openDoor({ TICKETS_ROLES: 'sell,door' });
    screening = await door.screening(20);
    await door.ticket(screening, 'A-1');
    await noted('before');
    await sealed();
  });
  afterEach(() => door.stage.close());

  it('has a way to break each invariant, and finds none broken before', async () => {
    expect(Object.keys(PLANTED).sort()).toEqual(INVARIANTS.map(nameOf).sort());
    expect(await wholly()).toEqual([]);
    const { metrics, auditor: one } = auditor();
    await one.lookAtAll();
    expect(await told(metrics)).toEqual([]);
    expect((await metrics.failures.get()).values).toEqual([]);
  }, 60_000);

  it.each(Object.entries(PLANTED))(
    'sees: %s',
    async (name, { plant, also = [] }) => {
      await plant();
      const wanted = [name, ...also].sort();
      expect((await wholly()).sort()).toEqual(wanted);
      const { metrics, auditor: one } = auditor();
      await one.lookAtAll();
      expect((await told(metrics)).sort()).toEqual(wanted);
      const lines: string[] = [];
      expect(await audit({ tickets: door.stage.db.url }, (line) => lines.push(line), 0)).toBe(1);
      expect(lines.some((line) => line.includes(name.slice(name.indexOf(' ') + 1)) && !line.endsWith(' 0'))).toBe(true);
    },
    60_000,
  );

  it('tells no more of what was put right, and of the age of its look', async () => {
    await PLANTED['I11 used = sum of uses, never above capacity']!.plant();
    const registry = new Registry();
    const metrics = new AuditorMetrics(registry);
    const settings = { AUDITOR_SLICE: 3, AUDITOR_STATEMENT_MS: 5_000, AUDITOR_CONFIRM_MS: 0 };
    const one = new Auditor(door.stage.db.database, metrics, settings, SILENT);
    await one.lookAtAll();
    expect(await told(metrics)).toHaveLength(1);
    await sql(`DELETE FROM usage_limit WHERE id = 'planted'`);
    await one.look();
    expect(await told(metrics)).toEqual([]);
    const text = await registry.metrics();
    for (const [, metric] of readFileSync('monitoring/alerts.yaml', 'utf8').matchAll(/\b(seans_\w+)/g))
      expect(text).toContain(metric);
    expect(Number(/seans_auditor_look_age_seconds ([\d.]+)/.exec(text)![1])).toBeLessThan(10);
  }, 60_000);

  it('sees an entry that was taken out, one put in between, and a seal that was lost', async () => {
    const broken = async () => (await wholly()).map((one) => one.split(' ')[0]);
    for (const action of ['one', 'two', 'three']) await noted(action).then(sealed);
    expect(await broken()).toEqual([]);
    await sql(`DELETE FROM audit_entry WHERE action = 'two'`);
    expect(await broken()).toEqual(['I10']);
    await sql(`UPDATE audit_seal SET entries = 0 + entries, hash = audit_hash('', no) WHERE no = 3`);
    expect(await broken()).toEqual(['I10']);
  });
});

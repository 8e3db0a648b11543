import { check } from './checks.js';
import type { Facts, OutboxFact } from './facts.js';
import type { Call } from './history.js';

/** A minute in the life of a house in which everything is as it must be: two buyers, two seats, one gate. */
export function goodFacts(): Facts {
  const told = (
    seq: number,
    order: string,
    type: string,
    version: number,
    at: number,
    lines: number[] = [],
  ): OutboxFact => ({
    seq,
    fact: `fact-${seq}`,
    type: `tickets.order.${type}.v1`,
    aggregate: order,
    version,
    at,
    published: true,
    lines,
  });
  const outbox = [
    told(1, 'ann', 'placed', 1, 1_000),
    told(2, 'ann', 'paid', 2, 3_000),
    told(3, 'bob', 'placed', 1, 2_000),
    told(4, 'bob', 'expired', 2, 20_000),
    told(5, 'cat', 'placed', 1, 21_000),
    told(6, 'cat', 'paid', 2, 22_000),
    told(7, 'cat', 'lines-returned', 3, 23_000, [1]),
    told(8, 'cat', 'refunded', 4, 24_000),
  ];
  return {
    calls: calls(),
    orders: [
      { id: 'ann', number: 'A', state: 'paid', exchangeOf: null, person: 'p1' },
      { id: 'bob', number: 'B', state: 'expired', exchangeOf: null, person: 'p2' },
      { id: 'cat', number: 'C', state: 'refunded', exchangeOf: null, person: 'p3' },
    ],
    lines: [
      { order: 'ann', line: 1, screening: 's', seat: '1-1', amount: 250_000, ended: null, replaces: null },
      { order: 'bob', line: 1, screening: 's', seat: '1-2', amount: 250_000, ended: null, replaces: null },
      { order: 'cat', line: 1, screening: 's', seat: '1-2', amount: 250_000, ended: 'refunded', replaces: null },
    ],
    tickets: [
      { order: 'ann', line: 1, screening: 's', serial: 'x', state: 'live' },
      { order: 'cat', line: 1, screening: 's', serial: 'y', state: 'ended' },
    ],
    claims: [{ screening: 's', seat: '1-1', owner: 'ann', no: 5 }],
    attempts: [
      { id: 'pay-ann', order: 'ann', state: 'paid', captured: 250_000, refunded: 0 },
      { id: 'pay-cat', order: 'cat', state: 'refunded', captured: 250_000, refunded: 250_000 },
    ],
    fees: new Map(),
    outbox,
    kafka: outbox.map(({ fact, type, aggregate, version }) => ({ fact, type, aggregate, version })),
    heard: outbox.map(({ fact }) => fact),
    programme: {
      told: [1, 2, 3].map((version) => ({
        fact: `programme-${version}`,
        type: 'screenings.screening.recorded.v1',
        aggregate: 's',
        version,
      })),
      heard: ['programme-1', 'programme-3'],
      givenUp: ['programme-2'],
      copies: new Map([['s', 3]]),
    },
    deliveries: ['fact-2', 'fact-6', 'fact-7', 'fact-8'].map((fact) => ({
      id: `mail-${fact}`,
      fact,
      template: 'letter',
      state: 'sent',
    })),
    mails: [
      { id: '1', to: 'ann@x', delivery: 'mail-fact-2', repeat: false, files: ['tickets-A.pdf', 'tickets-A.ics'] },
      { id: '2', to: 'cat@x', delivery: 'mail-fact-6', repeat: false, files: ['tickets-C.pdf'] },
      { id: '3', to: 'cat@x', delivery: 'mail-fact-7', repeat: false, files: [] },
      { id: '4', to: 'cat@x', delivery: 'mail-fact-8', repeat: false, files: [] },
    ],
    payments: [
      { id: '1', attempt: 'pay-ann', captured: 250_000, refunded: 0 },
      { id: '2', attempt: 'pay-cat', captured: 250_000, refunded: 250_000 },
    ],
    scans: [
      { id: 'scan-1', screening: 's', serial: 'x', verdict: 'ok', shown: 'ok', letIn: true, offline: false },
      { id: 'scan-2', screening: 's', serial: 'x', verdict: 'already_used', shown: 'ok', letIn: true, offline: true },
    ],
    marks: [
      { screening: 's', epoch: 2 },
      { screening: 's', seat: '1-1', no: 5 },
      { screening: 's', seat: '1-2', no: 6 },
      { screening: 's', freed: '1-2' },
      { screening: 's', seat: '1-2', no: 7 },
      { screening: 's', epoch: 3 },
      { screening: 's', seat: '1-1', no: 5 },
    ],
    maps: [
      {
        screening: 's',
        from: 'instance 1',
        seats: new Map([
          ['1-1', 's'],
          ['1-2', 'f'],
        ]),
      },
    ],
    stops: [{ screening: 's', from: 5_000, until: 6_000 }],
    rushes: [{ before: [900, 1_000], rush: [1_900, 2_000], after: [20_900, 21_000] }],
    samples: [],
    faults: [{ at: 10_000, what: 'redis killed' }],
    invariants: [{ id: 'I1', says: 'one claim per seat', violations: 0 }],
  };
}

const clash = { key: 'entered-twice:x', kind: 'entered-twice', scans: ['scan-1', 'scan-2'] };

function calls(): Call[] {
  let call = 0;
  const made = (at: number, asked: Partial<Call['asked']>, told?: Partial<Call['told']>): Call => {
    call += 1;
    return {
      asked: { at, call, who: 'ann', deed: 'see', ...asked },
      ...(told && { told: { at: at + 10, call, status: 200, ...told } }),
    };
  };
  const order = (id: string, number: string, state: string, seat: string, codes: string[] = []) => ({
    id,
    number,
    state,
    total: 250_000,
    lines: [{ screening: 's', seat, ended: false }],
    codes,
  });
  return [
    made(
      900,
      { deed: 'hold', screening: 's', seats: ['1-1'] },
      { status: 201, held: { screening: 's', seats: ['1-1'] } },
    ),
    made(
      990,
      { deed: 'order', key: 'k1', email: 'ann@x' },
      { status: 201, order: order('ann', 'A', 'awaiting-payment', '1-1') },
    ),
    made(
      995,
      { deed: 'order', key: 'k1', email: 'ann@x' },
      { status: 201, order: order('ann', 'A', 'awaiting-payment', '1-1') },
    ),
    made(3_100, { order: 'ann' }, { order: order('ann', 'A', 'paid', '1-1', ['code-a']) }),
    made(
      1_950,
      { who: 'bob', deed: 'order', key: 'k2', email: 'bob@x' },
      { status: 201, order: order('bob', 'B', 'awaiting-payment', '1-2') },
    ),
    made(
      20_950,
      { who: 'cat', deed: 'order', key: 'k3', email: 'cat@x' },
      { status: 201, order: order('cat', 'C', 'awaiting-payment', '1-2') },
    ),
    made(22_100, { who: 'cat', order: 'cat' }, { order: order('cat', 'C', 'paid', '1-2', ['code-c']) }),
    made(22_900, { who: 'cat', deed: 'give-back', order: 'cat' }),
    made(30_000, { who: 'gate', deed: 'scan', screening: 's', code: 'code-a', scan: 'scan-1' }, { verdict: 'ok' }),
    made(
      31_000,
      { who: 'far gate', deed: 'judge', screening: 's', code: 'code-a', scan: 'scan-2' },
      { verdict: 'ok', admitted: true },
    ),
    made(
      32_000,
      { who: 'far gate', deed: 'upload', scans: ['scan-2'] },
      { outcomes: [{ scan: 'scan-2', outcome: 'conflict' }] },
    ),
    made(33_000, { who: 'manager', deed: 'clashes', screening: 's' }, { clashes: [clash] }),
    made(
      34_000,
      { who: 'far gate', deed: 'upload', scans: ['scan-2'] },
      { outcomes: [{ scan: 'scan-2', outcome: 'repeated' }] },
    ),
    made(35_000, { who: 'manager', deed: 'clashes', screening: 's' }, { clashes: [clash] }),
  ];
}

/** The names of the checks that find something after `spoil`. */
export function foundAfter(spoil: (facts: Facts) => void): string[] {
  const facts = goodFacts();
  spoil(facts);
  return [...new Set(check(facts).map((violation) => violation.check))];
}

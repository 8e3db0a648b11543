import type { FunctionEdit } from './house/sabotage.js';
import type { Patch } from './house/workshop.js';

/** One guard switched off. A storm must find out, or it proves nothing. */
export interface Control {
  name: string;
  /** What the guard does. */
  guards: string;
  /** The scenario that needs it. */
  scenario: string;
  functions?: FunctionEdit[];
  /** Statements on the database of a service, before anybody uses it. */
  statements?: { database: 'tickets' | 'notifications'; sql: string }[];
  patches?: Patch[];
}

const SCRIPTS = 'apps/tickets/src/inventory/seats/seat-states.lua.ts';

export const CONTROLS: readonly Control[] = [
  {
    name: 'unique-key',
    guards: 'one claim per screening and seat, by the primary key',
    scenario: 'S2',
    statements: [
      {
        database: 'tickets',
        sql: `ALTER TABLE seat_claim DROP CONSTRAINT seat_claim_pkey; CREATE INDEX ON seat_claim (screening_id, seat_id)`,
      },
    ],
    functions: [{ name: 'claim_seats', search: 'ON CONFLICT (screening_id, seat_id) DO NOTHING', replace: '' }],
  },
  {
    name: 'advisory-lock',
    guards: 'who sells holds the screening’s lock together with others, who stops a sale holds it alone',
    scenario: 'S1',
    functions: [
      {
        name: 'lock_screenings',
        search: 'PERFORM pg_advisory_xact_lock_shared(screening_lock(s));',
        replace: 'NULL;',
      },
    ],
  },
  {
    name: 'limit-check',
    guards: 'a counted share gives no more places than it has',
    scenario: 'S1',
    functions: [
      {
        name: 'take_limit',
        search: 'least(capacity - used, places - cardinality(answer))',
        replace: 'places - cardinality(answer)',
      },
    ],
  },
  {
    name: 'epoch-check',
    guards: 'Redis grants a hold only in the epoch that PostgreSQL knows',
    scenario: 'S2',
    patches: [
      {
        file: SCRIPTS,
        search: "if epoch ~= ARGV[1] then return { 'epoch', epoch or '' } end",
        replace: '',
      },
    ],
  },
  {
    name: 'claim-compare',
    guards: 'a mark in Redis never replaces a higher claim number',
    scenario: 'S13',
    patches: [
      {
        file: SCRIPTS,
        search: 'if not there or tonumber(there) < tonumber(ARGV[i + 1]) then',
        replace: 'if true then',
      },
    ],
  },
  {
    name: 'inbox',
    guards: 'a fact that was heard is not heard again',
    scenario: 'S4',
    statements: [{ database: 'notifications', sql: 'ALTER TABLE inbox DROP CONSTRAINT inbox_pkey' }],
    patches: [
      {
        file: 'libs/messaging/src/hearing.ts',
        search: '       ON CONFLICT (consumer, fact) DO NOTHING RETURNING fact',
        replace: '       RETURNING fact',
      },
    ],
  },
  {
    name: 'callback-idempotency',
    guards: 'a payment that was confirmed is not confirmed again',
    scenario: 'S7',
    functions: [
      {
        name: 'confirm_payment',
        search: "IF a.state IN ('paid', 'refund-due', 'refunded', 'review') THEN",
        replace: 'IF false THEN',
      },
    ],
  },
  {
    name: 'expiry-re-check',
    guards: 'an order that was paid while it was about to end does not end',
    scenario: 'S7',
    functions: [
      {
        name: 'expire_order',
        search: "IF o.state <> 'expiring' THEN",
        replace: 'IF false THEN',
      },
    ],
  },
];

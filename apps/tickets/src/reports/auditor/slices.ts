import type { AuditSubject } from './invariants.js';

interface Slices {
  /** Type of the keys in PostgreSQL. */
  type: 'uuid' | 'text' | 'bigint';
  /** Before the first key. */
  start: string;
  /** Many rows hang on one: so many times fewer of them make a slice. */
  weight: number;
  /** The keys after $1, at most $2. */
  after: string;
  /** Keys of what was written lately, at most $1 of each kind. */
  recent?: string;
}

/** How the keys of each subject are walked: what was written lately at every look, and all of them by and by. */
export const SLICES: Record<AuditSubject, Slices> = {
  order: {
    type: 'uuid',
    start: '00000000-0000-0000-0000-000000000000',
    weight: 1,
    after: 'SELECT id::text AS key FROM orders WHERE id > $1::uuid ORDER BY id LIMIT $2',
    recent: `SELECT id::text AS key FROM (SELECT id FROM orders ORDER BY id DESC LIMIT $1) o
      UNION SELECT order_id::text FROM (SELECT order_id FROM ledger_entry ORDER BY id DESC LIMIT $1) l`,
  },
  screening: {
    type: 'text',
    start: '',
    weight: 50,
    after: 'SELECT screening_id AS key FROM screening_copy WHERE screening_id > $1 ORDER BY screening_id LIMIT $2',
    recent: `SELECT DISTINCT l.screening_id AS key
      FROM (SELECT id FROM orders ORDER BY id DESC LIMIT $1) o JOIN order_line l ON l.order_id = o.id`,
  },
  limit: {
    type: 'text',
    start: '',
    weight: 1,
    after: 'SELECT id AS key FROM usage_limit WHERE id > $1 ORDER BY id LIMIT $2',
  },
  seal: {
    type: 'bigint',
    start: '0',
    weight: 1,
    after: 'SELECT no::text AS key FROM audit_seal WHERE no > $1::bigint ORDER BY no LIMIT $2',
    recent: 'SELECT no::text AS key FROM audit_seal ORDER BY no DESC LIMIT $1',
  },
};

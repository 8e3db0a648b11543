import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an order's lines cost and why, what else an order holds, and the way of money and seats back. */
export class PricesAndReturns1569000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE orders
        ADD channel text NOT NULL DEFAULT 'online',
        -- the order whose tickets this one replaces, and the orders whose payments carry its money, nearest first
        ADD exchange_of uuid REFERENCES orders, ADD paid_from uuid[] NOT NULL DEFAULT '{}',
        ADD has_items boolean NOT NULL DEFAULT false, ADD promo text, ADD passes jsonb, ADD invoice jsonb;
      ALTER TABLE order_line
        -- 'full' or the id of a concession
        ADD kind text NOT NULL DEFAULT 'full', ADD list_amount bigint,
        -- why it costs what it costs: [{rule, change, text: {kk, ru, en}}]
        ADD reasons jsonb NOT NULL DEFAULT '[]',
        ADD replaces uuid REFERENCES ticket,
        ADD ended_as text CHECK (ended_as IN ('refunded', 'exchanged', 'charged-back'));
      UPDATE order_line SET list_amount = amount;
      ALTER TABLE order_line ALTER list_amount SET NOT NULL;
      CREATE INDEX order_line_replaces ON order_line (replaces) WHERE replaces IS NOT NULL;

      -- what an order holds beside seats; a credit of an exchange is negative
      CREATE TABLE order_item (
        order_id uuid NOT NULL REFERENCES orders, item_no smallint NOT NULL,
        kind text NOT NULL CHECK (kind IN ('fee', 'pass', 'exchange-credit')),
        -- a fee of one seat goes back with its line
        line_no smallint, subject text NOT NULL, name jsonb NOT NULL, amount bigint NOT NULL, ended_as text,
        PRIMARY KEY (order_id, item_no));

      -- which line used which limit, so that one line can be given back
      CREATE TABLE line_limit (
        owner_id uuid NOT NULL, line_no smallint NOT NULL, limit_id text NOT NULL REFERENCES usage_limit, n int NOT NULL CHECK (n > 0),
        PRIMARY KEY (owner_id, line_no, limit_id));

      ALTER TABLE ticket DROP CONSTRAINT ticket_state_check;
      ALTER TABLE ticket ADD CONSTRAINT ticket_state_check CHECK (state IN ('live', 'suspended', 'ended')),
        -- whom it was transferred to; null while it is the buyer's
        ADD holder_id text, ADD made_from uuid REFERENCES ticket;
      DROP INDEX ticket_live_once;
      CREATE UNIQUE INDEX ticket_standing_once ON ticket (order_id, line_no) WHERE state IN ('live', 'suspended');
      CREATE INDEX ticket_holder ON ticket (holder_id) WHERE holder_id IS NOT NULL;

      ALTER TABLE payment_attempt
        -- what in all has to go back through this payment, and what the holder's bank took back
        ADD refund_target bigint NOT NULL DEFAULT 0, ADD charged_back bigint NOT NULL DEFAULT 0,
        ADD CHECK (refund_target + charged_back <= greatest(captured, 0) AND refunded <= captured);
      UPDATE payment_attempt SET refund_target = captured WHERE state IN ('refund-due', 'refunded');

      -- one row per return of money; only the provider's word makes it 'refunded'
      CREATE TABLE refund (
        id uuid PRIMARY KEY DEFAULT uuidv7(), order_id uuid NOT NULL REFERENCES orders,
        attempt_id uuid REFERENCES payment_attempt, amount bigint NOT NULL CHECK (amount > 0), currency text NOT NULL,
        reason text NOT NULL, lines smallint[] NOT NULL DEFAULT '{}', kept_fee bigint NOT NULL DEFAULT 0,
        -- what of the attempt's money has gone back when this one has
        upto bigint NOT NULL, state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'refunded')),
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(), done_at timestamptz);
      CREATE INDEX refund_order ON refund (order_id);
      CREATE INDEX refund_attempt ON refund (attempt_id) WHERE state = 'due';
      INSERT INTO refund (order_id, attempt_id, amount, currency, reason, upto, state)
      SELECT order_id, id, captured, currency, coalesce(refund_reason, 'order-ended'), captured,
             CASE state WHEN 'refunded' THEN 'refunded' ELSE 'due' END
        FROM payment_attempt WHERE state IN ('refund-due', 'refunded') AND captured > 0;

      CREATE TABLE chargeback (
        id uuid PRIMARY KEY DEFAULT uuidv7(), provider text NOT NULL, reference text NOT NULL,
        attempt_id uuid NOT NULL REFERENCES payment_attempt, order_id uuid NOT NULL REFERENCES orders,
        amount bigint NOT NULL CHECK (amount > 0), currency text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'won', 'lost')), version bigint NOT NULL DEFAULT 1,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(), closed_at timestamptz, UNIQUE (provider, reference));

      -- every captured payment has one receipt and every finished refund one return; source is the attempt's or the refund's id
      CREATE TABLE fiscal_receipt (
        id uuid PRIMARY KEY DEFAULT uuidv7(), source uuid NOT NULL, kind text NOT NULL CHECK (kind IN ('sale', 'return')),
        channel text NOT NULL CHECK (channel IN ('online', 'counter')), provider text,
        order_id uuid NOT NULL REFERENCES orders, attempt_id uuid REFERENCES payment_attempt,
        amount bigint NOT NULL CHECK (amount > 0), currency text NOT NULL,
        state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'registered', 'failed')),
        number text, qr_link text, original_id uuid REFERENCES fiscal_receipt,
        tries int NOT NULL DEFAULT 0, next_try_at timestamptz DEFAULT clock_timestamp(), last_error text,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(), registered_at timestamptz, UNIQUE (source, kind));
      CREATE INDEX fiscal_receipt_due ON fiscal_receipt (next_try_at) WHERE state = 'queued';
      CREATE INDEX fiscal_receipt_order ON fiscal_receipt (order_id);

      -- the books are only ever added to; a day that is closed stands as its digest says
      CREATE FUNCTION books_are_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'entries of the ledger are neither changed nor deleted: a correction is a new entry';
      END $$;
      CREATE TRIGGER ledger_is_added_to BEFORE UPDATE OR DELETE ON ledger_entry
        FOR EACH ROW EXECUTE FUNCTION books_are_added_to();
      CREATE INDEX ledger_entry_at ON ledger_entry (at);
      CREATE TABLE settlement_day (
        provider text NOT NULL, day date NOT NULL, timezone text NOT NULL,
        captured bigint NOT NULL, refunded bigint NOT NULL, charged_back bigint NOT NULL, entries int NOT NULL,
        digest text NOT NULL, closed_by text NOT NULL, closed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (provider, day));

      -- prices as data of an edition
      CREATE TABLE price_rules (
        edition_id text PRIMARY KEY, version int NOT NULL, rules jsonb NOT NULL,
        changed_by text NOT NULL, changed_at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE TABLE promo_code (
        id uuid PRIMARY KEY, edition_id text NOT NULL, code text NOT NULL, version int NOT NULL DEFAULT 1, data jsonb NOT NULL,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(), UNIQUE (edition_id, code));
    `);
  }

  async down(): Promise<void> {
    throw new Error('money and tickets that were sold are not taken back by a migration');
  }
}

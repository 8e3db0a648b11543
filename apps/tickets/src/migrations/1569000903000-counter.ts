import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The box office: shifts and their drawers, what was sold in them, papers, approvals, seats kept for who rang. */
export class Counter1569000903000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE counter_shift (
        id uuid PRIMARY KEY, edition_id text NOT NULL, till text NOT NULL, clerk text NOT NULL, currency text NOT NULL,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed', 'signed')),
        opened_at timestamptz NOT NULL DEFAULT clock_timestamp(), opening_float bigint NOT NULL CHECK (opening_float >= 0),
        -- the Z report, written once
        closed_at timestamptz, counted bigint, denominations jsonb, expected bigint, figures jsonb, z_number int,
        signed_by text, signed_at timestamptz, sign_note text,
        CHECK ((state = 'open') = (closed_at IS NULL)), CHECK ((state = 'signed') = (signed_at IS NOT NULL)),
        UNIQUE (edition_id, z_number));
      CREATE UNIQUE INDEX counter_shift_till ON counter_shift (edition_id, till) WHERE state = 'open';
      CREATE UNIQUE INDEX counter_shift_clerk ON counter_shift (clerk) WHERE state = 'open';
      CREATE INDEX counter_shift_edition ON counter_shift (edition_id, opened_at DESC);

      -- cash in (positive) or out of a drawer; only ever added to
      CREATE TABLE drawer_movement (
        id uuid PRIMARY KEY DEFAULT uuidv7(), shift_id uuid NOT NULL REFERENCES counter_shift,
        kind text NOT NULL CHECK (kind IN ('float', 'sale', 'refund', 'pay-in', 'pay-out')), amount bigint NOT NULL,
        -- by how much the drawer has more than the books say, because cash is rounded
        rounding bigint NOT NULL DEFAULT 0, order_id uuid REFERENCES orders, refund_id uuid UNIQUE REFERENCES refund,
        reason text, actor text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE INDEX drawer_movement_shift ON drawer_movement (shift_id);
      CREATE UNIQUE INDEX drawer_movement_sale ON drawer_movement (order_id) WHERE kind = 'sale';
      CREATE TRIGGER drawer_is_added_to BEFORE UPDATE OR DELETE ON drawer_movement
        FOR EACH ROW EXECUTE FUNCTION books_are_added_to();

      -- Written before its order, under the id that the order will have: a crash leaves a row without an order, never an order
      -- whose shift nobody knows. What the buyer said of himself is personal: gone a day after the edition's last.
      CREATE TABLE counter_sale (
        order_id uuid PRIMARY KEY, shift_id uuid NOT NULL REFERENCES counter_shift, fingerprint text NOT NULL,
        paid_by text NOT NULL CHECK (paid_by IN ('cash', 'terminal', 'complimentary')),
        tendered bigint, change bigint, rounding bigint NOT NULL DEFAULT 0, reason text, approval_id uuid,
        buyer_name text, buyer_phone text, voided_at timestamptz, void_reason text,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE INDEX counter_sale_shift ON counter_sale (shift_id, made_at DESC);

      CREATE TABLE ticket_print (
        ticket_id uuid PRIMARY KEY REFERENCES ticket, shift_id uuid NOT NULL REFERENCES counter_shift,
        at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE TABLE ticket_reprint (
        ticket_id uuid PRIMARY KEY REFERENCES ticket, shift_id uuid NOT NULL REFERENCES counter_shift,
        reason text NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE INDEX ticket_reprint_shift ON ticket_reprint (shift_id);

      CREATE TABLE counter_approval (
        id uuid PRIMARY KEY, shift_id uuid NOT NULL REFERENCES counter_shift, seats int NOT NULL CHECK (seats > 0),
        reason text NOT NULL, state text NOT NULL DEFAULT 'asked' CHECK (state IN ('asked', 'approved', 'refused', 'used')),
        asked_at timestamptz NOT NULL DEFAULT clock_timestamp(), until timestamptz NOT NULL,
        decided_by text, order_id uuid UNIQUE);
      CREATE INDEX counter_approval_shift ON counter_approval (shift_id);

      -- The seats are the block's; name and phone are personal, and gone a day after it has ended.
      CREATE TABLE counter_reservation (
        block_id uuid PRIMARY KEY REFERENCES block, edition_id text NOT NULL, name text NOT NULL, phone text NOT NULL,
        seats jsonb NOT NULL, made_at timestamptz NOT NULL DEFAULT clock_timestamp(), order_id uuid);
      CREATE INDEX counter_reservation_edition ON counter_reservation (edition_id, made_at DESC);

      ALTER TABLE order_item DROP CONSTRAINT order_item_kind_check;
      ALTER TABLE order_item ADD CONSTRAINT order_item_kind_check CHECK (kind IN ('fee', 'pass', 'exchange-credit', 'rounding'));
    `);
  }

  async down(): Promise<void> {
    throw new Error('drawers and what was sold from them are not taken back by a migration');
  }
}

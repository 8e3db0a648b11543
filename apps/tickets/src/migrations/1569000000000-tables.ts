import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MESSAGING_TABLES } from '#libs/messaging';
import { IDEMPOTENCY_TABLE } from '#libs/service-defaults';

/** The truth about seats, orders, money, bookings and the door. */
export class Tables1569000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
    await runner.query(IDEMPOTENCY_TABLE);
    await runner.query(`
      -- copies: what other services told us; only a higher version is applied
      CREATE TABLE edition_copy (
        edition_id text PRIMARY KEY, version bigint NOT NULL, name jsonb NOT NULL,
        date_from text NOT NULL, date_to text NOT NULL, timezone text NOT NULL);
      CREATE TABLE festival_clock (edition_id text PRIMARY KEY, version bigint NOT NULL, offset_ms bigint NOT NULL);
      CREATE TABLE plan_copy (
        plan_id text NOT NULL, plan_version int NOT NULL, seats jsonb NOT NULL, PRIMARY KEY (plan_id, plan_version));
      CREATE TABLE screening_copy (
        screening_id text PRIMARY KEY, edition_id text NOT NULL, version bigint NOT NULL, state text NOT NULL,
        starts_at timestamptz NOT NULL, ends_at timestamptz NOT NULL, data jsonb NOT NULL);
      CREATE INDEX screening_copy_edition ON screening_copy (edition_id);
      CREATE TABLE badge_copy (
        badge_id text PRIMARY KEY, accreditation_id text NOT NULL, version bigint NOT NULL, edition_id text,
        person_id text, serial text UNIQUE, state text NOT NULL, function text, classes text[] NOT NULL DEFAULT '{}',
        areas text[] NOT NULL DEFAULT '{}', valid_from timestamptz, valid_until timestamptz);
      CREATE INDEX badge_copy_person ON badge_copy (person_id) WHERE state = 'live';
      CREATE INDEX badge_copy_accreditation ON badge_copy (accreditation_id);

      -- inventory: the switchboard of each screening, and who has which seat
      CREATE TABLE inventory (
        screening_id text PRIMARY KEY, edition_id text NOT NULL, plan_id text NOT NULL, plan_version int NOT NULL,
        epoch bigint NOT NULL DEFAULT 1, hold_store text NOT NULL DEFAULT 'redis' CHECK (hold_store IN ('redis', 'postgres')),
        on_sale boolean NOT NULL, paused boolean NOT NULL DEFAULT false);
      -- which Redis we last saw, and where holds are kept since when
      CREATE TABLE hold_store_state (
        one boolean PRIMARY KEY DEFAULT true CHECK (one), identity text NOT NULL DEFAULT '',
        store text NOT NULL DEFAULT 'redis', switched_at timestamptz NOT NULL DEFAULT '-infinity');
      INSERT INTO hold_store_state DEFAULT VALUES;
      CREATE SEQUENCE claim_number;
      CREATE TABLE seat_claim (
        screening_id text NOT NULL, seat_id text NOT NULL,
        owner_kind text NOT NULL CHECK (owner_kind IN ('order', 'booking', 'offer', 'lease', 'block', 'pool')),
        owner_id uuid NOT NULL, line_no smallint NOT NULL DEFAULT 0,
        claim_no bigint NOT NULL DEFAULT nextval('claim_number'),
        PRIMARY KEY (screening_id, seat_id)) WITH (fillfactor = 90);
      CREATE INDEX seat_claim_owner ON seat_claim (owner_id);
      -- holds while Redis is away; the same promise, kept in the database
      CREATE TABLE seat_hold (
        screening_id text NOT NULL, seat_id text NOT NULL, hold_id uuid NOT NULL, buyer text NOT NULL,
        expires_at timestamptz NOT NULL, extended boolean NOT NULL DEFAULT false, PRIMARY KEY (screening_id, seat_id));
      CREATE INDEX seat_hold_hold ON seat_hold (hold_id);
      CREATE TABLE usage_limit (
        id text PRIMARY KEY, capacity int NOT NULL CHECK (capacity >= 0), used int NOT NULL DEFAULT 0,
        CHECK (used >= 0));
      CREATE TABLE limit_use (
        limit_id text NOT NULL REFERENCES usage_limit, owner_id uuid NOT NULL, n int NOT NULL CHECK (n > 0),
        PRIMARY KEY (limit_id, owner_id));
      CREATE INDEX limit_use_owner ON limit_use (owner_id);

      -- sale
      CREATE TABLE orders (
        id uuid PRIMARY KEY, number text NOT NULL UNIQUE, edition_id text NOT NULL, person_id text NOT NULL,
        buyer text NOT NULL, state text NOT NULL, version bigint NOT NULL DEFAULT 1, language text NOT NULL,
        total bigint NOT NULL CHECK (total >= 0), currency text NOT NULL,
        -- what a late payment has to take again: [{candidates: [limit id in rank order], n}]
        limits jsonb NOT NULL DEFAULT '[]',
        consent jsonb NOT NULL, made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        pay_until timestamptz NOT NULL, pinned_until timestamptz, expiry_alarm boolean NOT NULL DEFAULT false,
        next_look_at timestamptz, looks int NOT NULL DEFAULT 0,
        paid_at timestamptz, paid_late boolean NOT NULL DEFAULT false, end_reason text);
      CREATE INDEX orders_due ON orders (pay_until) WHERE state IN ('awaiting-payment', 'expiring');
      CREATE INDEX orders_person ON orders (person_id, made_at DESC);
      CREATE INDEX orders_buyer ON orders (buyer, made_at DESC);
      CREATE TABLE order_line (
        order_id uuid NOT NULL REFERENCES orders, line_no smallint NOT NULL, screening_id text NOT NULL,
        seat_id text NOT NULL, row_label text NOT NULL, seat_label text NOT NULL, category text NOT NULL,
        amount bigint NOT NULL CHECK (amount >= 0), PRIMARY KEY (order_id, line_no));
      CREATE TABLE payment_attempt (
        id uuid PRIMARY KEY, order_id uuid NOT NULL REFERENCES orders, provider text NOT NULL,
        provider_payment_id text, amount bigint NOT NULL, currency text NOT NULL,
        state text NOT NULL CHECK (state IN ('opening', 'open', 'unknown', 'paid', 'closed', 'refund-due', 'refunded', 'review')),
        redirect_url text, opened_at timestamptz NOT NULL DEFAULT clock_timestamp(), lives_until timestamptz NOT NULL,
        captured bigint NOT NULL DEFAULT 0, refunded bigint NOT NULL DEFAULT 0, refund_reason text,
        refund_started boolean NOT NULL DEFAULT false,
        next_look_at timestamptz, looks int NOT NULL DEFAULT 0);
      CREATE INDEX payment_attempt_order ON payment_attempt (order_id);
      CREATE INDEX payment_attempt_due ON payment_attempt (next_look_at) WHERE next_look_at IS NOT NULL;
      -- what a provider told us, and what we answered: the same call gets the same answer
      CREATE TABLE provider_event (
        key text PRIMARY KEY, attempt_id uuid NOT NULL REFERENCES payment_attempt, answer text NOT NULL,
        at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE TABLE ticket (
        id uuid PRIMARY KEY DEFAULT uuidv7(), order_id uuid NOT NULL, line_no smallint NOT NULL, screening_id text NOT NULL,
        serial text NOT NULL UNIQUE, state text NOT NULL CHECK (state IN ('live', 'ended')), ended_as text,
        issued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        FOREIGN KEY (order_id, line_no) REFERENCES order_line);
      CREATE UNIQUE INDEX ticket_live_once ON ticket (order_id, line_no) WHERE state = 'live';
      CREATE INDEX ticket_screening ON ticket (screening_id) WHERE state = 'live';
      CREATE TABLE ledger_entry (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id uuid NOT NULL, posting uuid NOT NULL,
        account text NOT NULL, amount bigint NOT NULL, currency text NOT NULL, reason text NOT NULL,
        at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE INDEX ledger_entry_order ON ledger_entry (order_id);

      -- afterwards
      CREATE TABLE booking (
        id uuid PRIMARY KEY, accreditation_id text NOT NULL, person_id text NOT NULL, edition_id text NOT NULL,
        screening_id text NOT NULL, row_label text NOT NULL, seat_label text NOT NULL,
        state text NOT NULL CHECK (state IN ('booked', 'cancelled', 'used', 'missed')), version bigint NOT NULL DEFAULT 1,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(), end_reason text);
      CREATE UNIQUE INDEX booking_once ON booking (accreditation_id, screening_id) WHERE state IN ('booked', 'used');
      CREATE INDEX booking_person ON booking (person_id);

      -- door
      CREATE TABLE device (
        id uuid PRIMARY KEY, edition_id text NOT NULL, name text NOT NULL, gate text NOT NULL,
        state text NOT NULL CHECK (state IN ('registered', 'paired', 'revoked')),
        pairing_hash text UNIQUE, pairing_until timestamptz, token_hash text UNIQUE,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(), seen_at timestamptz);
      CREATE TABLE scan (
        id uuid PRIMARY KEY, device_id uuid NOT NULL REFERENCES device, screening_id text NOT NULL, gate text NOT NULL,
        serial text, verdict text NOT NULL, device_at timestamptz NOT NULL, festival_at timestamptz NOT NULL,
        received_at timestamptz NOT NULL DEFAULT clock_timestamp(), answer jsonb NOT NULL);
      CREATE UNIQUE INDEX scan_entry_once ON scan (screening_id, serial) WHERE verdict = 'ok';
      CREATE INDEX scan_screening ON scan (screening_id, received_at);

      CREATE TABLE audit_entry (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL DEFAULT clock_timestamp(),
        actor text NOT NULL, action text NOT NULL, subject text NOT NULL, facts jsonb NOT NULL DEFAULT '{}');
    `);
  }

  async down(): Promise<void> {
    throw new Error('the first tables of a service that sells are not taken back');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { IDEMPOTENCY_TABLE } from '#libs/service-defaults';

/** Priorities, tries that can be looked at, repeats, bounces; what a person wants and where else messages go. */
export class DeliveryMachine1569000600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(IDEMPOTENCY_TABLE);
    await runner.query(`
      ALTER TABLE delivery DROP CONSTRAINT delivery_state_check;
      ALTER TABLE delivery ADD CONSTRAINT delivery_state_check CHECK (state IN
        ('queued', 'in-flight', 'waiting-retry', 'awaiting-contact', 'sent', 'failed', 'bounced', 'suppressed', 'expired', 'withheld'));
      ALTER TABLE delivery
        -- lower goes first; by class
        ADD priority smallint NOT NULL DEFAULT 50,
        -- what the mail carries, by the row of the trigger table that queued it
        ADD attachments text NOT NULL DEFAULT 'none',
        -- the version of the thing that the fact told
        ADD version bigint,
        -- what came from the owner of the documents and is no credential: officers' words, a due date
        ADD facts jsonb NOT NULL DEFAULT '{}',
        -- of the mail that left, its credentials replaced: whether a preview shows the very same
        ADD content_digest text,
        -- the try that is under way may have been taken by the other side
        ADD handed_over boolean NOT NULL DEFAULT false,
        ADD maybe_repeated boolean NOT NULL DEFAULT false,
        ADD resend_of uuid REFERENCES delivery (id),
        -- the digest that says it
        ADD digest_id uuid REFERENCES delivery (id);
      DROP INDEX delivery_due;
      CREATE INDEX delivery_due ON delivery (priority, next_try_at) WHERE state IN ('queued', 'in-flight', 'waiting-retry');
      CREATE INDEX delivery_ageing ON delivery (expires_at) WHERE state IN ('queued', 'waiting-retry', 'awaiting-contact');
      CREATE INDEX delivery_resent ON delivery (resend_of) WHERE resend_of IS NOT NULL;
      CREATE INDEX delivery_digested ON delivery (digest_id) WHERE digest_id IS NOT NULL;
      DROP INDEX delivery_person;
      CREATE INDEX delivery_person ON delivery (person_id, queued_at DESC);
      -- one digest at a time gathers what is said to a person
      CREATE UNIQUE INDEX delivery_open_digest ON delivery (person_id, channel) WHERE template = 'digest' AND state = 'queued';

      CREATE TABLE delivery_attempt (
        delivery_id uuid NOT NULL REFERENCES delivery (id), number int NOT NULL,
        started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        -- written before the first byte is handed over: from then on the other side may have it
        handed_over_at timestamptz, ended_at timestamptz,
        outcome text CHECK (outcome IN ('sent', 'waiting-retry', 'failed', 'withheld', 'unknown', 'not-handed-over')),
        trouble text, PRIMARY KEY (delivery_id, number));

      -- what came back; an address is masked nowhere here, so an erasure takes the row
      CREATE TABLE bounce (
        id uuid PRIMARY KEY, delivery_id uuid NOT NULL REFERENCES delivery (id), address text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('permanent', 'transient', 'complaint')), status text,
        at timestamptz NOT NULL DEFAULT clock_timestamp(), UNIQUE (delivery_id, kind));
      CREATE INDEX bounce_address ON bounce (address, at);
      CREATE TABLE suppression (
        address text PRIMARY KEY, id uuid NOT NULL UNIQUE, reason text NOT NULL CHECK (reason IN ('bounced', 'complained')),
        status text, since timestamptz NOT NULL DEFAULT clock_timestamp());

      CREATE TABLE preference (
        person_id text PRIMARY KEY, left_classes text[] NOT NULL DEFAULT '{}',
        telegram boolean NOT NULL DEFAULT true, sms boolean NOT NULL DEFAULT true,
        chat_id text, phone text);
      CREATE UNIQUE INDEX preference_chat ON preference (chat_id) WHERE chat_id IS NOT NULL;
      -- a code is kept as its digest, and works once
      CREATE TABLE link_code (
        digest text PRIMARY KEY, person_id text NOT NULL, kind text NOT NULL CHECK (kind IN ('telegram', 'phone')),
        phone text, tries int NOT NULL DEFAULT 0, expires_at timestamptz NOT NULL);
      CREATE INDEX link_code_person ON link_code (person_id);
      -- who asks Telegram for news, and from where on
      CREATE TABLE telegram_reader (one boolean PRIMARY KEY DEFAULT true CHECK (one), next_update bigint NOT NULL DEFAULT 0,
        holder text, until timestamptz NOT NULL DEFAULT '-infinity');
      INSERT INTO telegram_reader DEFAULT VALUES;

      -- the inbox of a person: numbers without a gap, in the order of commits
      CREATE TABLE note (
        person_id text NOT NULL, number bigint NOT NULL, delivery_id uuid NOT NULL UNIQUE REFERENCES delivery (id),
        at timestamptz NOT NULL DEFAULT clock_timestamp(), read_at timestamptz, PRIMARY KEY (person_id, number));
      CREATE TABLE note_count (person_id text PRIMARY KEY, last bigint NOT NULL);

      ALTER TABLE edition_copy ADD offset_ms bigint NOT NULL DEFAULT 0, ADD clock_version bigint NOT NULL DEFAULT 0,
        ADD timezone text, ADD holidays text[] NOT NULL DEFAULT '{}';
      -- who holds what at which screening; a hold is a line of an order or a booking
      CREATE TABLE visit_hold (
        hold text PRIMARY KEY, person_id text NOT NULL, screening_id text NOT NULL, edition_id text NOT NULL,
        language text, since timestamptz NOT NULL, ended boolean NOT NULL DEFAULT false);
      CREATE INDEX visit_hold_screening ON visit_hold (screening_id) WHERE NOT ended;
      CREATE TABLE screening_copy (
        screening_id text PRIMARY KEY, version bigint NOT NULL, edition_id text NOT NULL, starts_at timestamptz NOT NULL,
        stands boolean NOT NULL, data jsonb NOT NULL);
      CREATE INDEX screening_copy_start ON screening_copy (edition_id, starts_at) WHERE stands;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE delivery_attempt, bounce, suppression, preference, link_code, telegram_reader, note, note_count, visit_hold,
        screening_copy, idempotency;
      ALTER TABLE edition_copy DROP offset_ms, DROP clock_version, DROP timezone, DROP holidays;
      ALTER TABLE delivery DROP priority, DROP attachments, DROP version, DROP facts, DROP content_digest, DROP handed_over,
        DROP maybe_repeated, DROP resend_of, DROP digest_id`);
  }
}

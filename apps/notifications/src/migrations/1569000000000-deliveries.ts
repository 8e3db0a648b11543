import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MESSAGING_TABLES } from '#libs/messaging';

/** Who can be reached where, and every message to anybody. */
export class Deliveries1569000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
    await runner.query(`
      -- an erased person keeps the number alone, so that an older telling does not bring the address back
      CREATE TABLE contact (
        person_id text PRIMARY KEY, version bigint NOT NULL, email text, name text, language text,
        erased boolean NOT NULL DEFAULT false, CHECK (erased = (email IS NULL)));
      CREATE TABLE delivery (
        id uuid PRIMARY KEY, fact text NOT NULL, person_id text NOT NULL, channel text NOT NULL, template text NOT NULL,
        class text NOT NULL, key text NOT NULL, language text,
        -- what the template says; a link that signs in leaves with the mail
        data jsonb NOT NULL,
        -- only where the caller knows the address better than we do (login mails); leaves with the mail
        address text,
        state text NOT NULL CHECK (state IN
          ('queued', 'in-flight', 'waiting-retry', 'awaiting-contact', 'sent', 'failed', 'expired', 'withheld')),
        attempts int NOT NULL DEFAULT 0, trouble text,
        queued_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        -- when to try; while in flight, until when the try belongs to whoever took it
        next_try_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        expires_at timestamptz NOT NULL, sent_at timestamptz,
        UNIQUE (fact, person_id, channel, template));
      CREATE INDEX delivery_due ON delivery (next_try_at) WHERE state IN ('queued', 'in-flight', 'waiting-retry');
      CREATE INDEX delivery_awaiting ON delivery (person_id) WHERE state = 'awaiting-contact';
      CREATE INDEX delivery_log ON delivery (queued_at DESC);
      CREATE INDEX delivery_person ON delivery (person_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE delivery, contact, dead_letter, parked_key, inbox, outbox');
  }
}

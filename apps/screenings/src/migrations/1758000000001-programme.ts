import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MESSAGING_TABLES } from '#libs/messaging';
import { IDEMPOTENCY_TABLE } from '#libs/service-defaults';

/** Editions, the rows of the programme that decide nothing, venues, halls, versions of seat plans, screenings. */
export class Programme1758000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
    await runner.query(IDEMPOTENCY_TABLE);
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS btree_gist;

      CREATE TABLE edition (
        id text PRIMARY KEY,
        version integer NOT NULL,
        offset_ms bigint NOT NULL DEFAULT 0,
        timezone text NOT NULL,
        data jsonb NOT NULL,
        print text NOT NULL,
        revision bigint NOT NULL DEFAULT 1
      );

      CREATE TABLE catalogue_entry (
        edition_id text NOT NULL REFERENCES edition (id),
        kind text NOT NULL CHECK (kind IN ('section', 'film', 'event', 'jury', 'award', 'guest')),
        id text NOT NULL,
        position integer NOT NULL,
        data jsonb NOT NULL,
        print text NOT NULL,
        PRIMARY KEY (edition_id, kind, id)
      );

      CREATE TABLE venue (
        id text PRIMARY KEY,
        position integer NOT NULL,
        timezone text NOT NULL,
        data jsonb NOT NULL,
        print text NOT NULL
      );

      CREATE TABLE hall (
        id text PRIMARY KEY,
        venue_id text NOT NULL REFERENCES venue (id),
        position integer NOT NULL,
        data jsonb NOT NULL
      );

      CREATE TABLE seat_plan (
        id text NOT NULL,
        version integer NOT NULL CHECK (version > 0),
        hall_id text NOT NULL REFERENCES hall (id),
        seats integer NOT NULL CHECK (seats > 0),
        plan jsonb NOT NULL,
        print text NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (id, version)
      );

      CREATE TABLE screening (
        id text PRIMARY KEY,
        edition_id text NOT NULL REFERENCES edition (id),
        version integer NOT NULL DEFAULT 0,
        state text NOT NULL CHECK (state IN ('draft', 'announced', 'on-sale', 'closed', 'ended', 'cancelled')),
        visibility text NOT NULL CHECK (visibility IN ('public', 'accredited', 'invitation')),
        hall_id text NOT NULL REFERENCES hall (id),
        plan_id text NOT NULL,
        plan_version integer NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        free_from timestamptz NOT NULL,
        data jsonb NOT NULL,
        print text NOT NULL,
        spoken text,
        CHECK (starts_at < ends_at AND ends_at <= free_from),
        FOREIGN KEY (plan_id, plan_version) REFERENCES seat_plan (id, version),
        CONSTRAINT screening_hall_is_free EXCLUDE USING gist (
          hall_id WITH =, tstzrange(starts_at, free_from) WITH &&
        ) WHERE (state NOT IN ('draft', 'cancelled')) DEFERRABLE INITIALLY DEFERRED
      );
      CREATE INDEX screening_edition_start ON screening (edition_id, starts_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE screening, seat_plan, hall, venue, catalogue_entry, edition, idempotency, outbox, inbox, parked_key, dead_letter',
    );
  }
}

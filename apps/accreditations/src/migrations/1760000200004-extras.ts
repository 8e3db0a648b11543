import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Counted extras of events, who asked for them, and the seed of each draw. */
export class Extras1760000200004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE extra (
        edition_id text NOT NULL,
        id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('red-carpet', 'photo-call', 'press-conference')),
        name jsonb NOT NULL,
        at timestamptz NOT NULL,
        screening_id text,
        capacity integer NOT NULL CHECK (capacity > 0),
        used integer NOT NULL DEFAULT 0 CHECK (used >= 0 AND used <= capacity),
        how text NOT NULL CHECK (how IN ('draw', 'pick')),
        functions jsonb,
        asks_until timestamptz NOT NULL,
        seed text NOT NULL,
        commitment text NOT NULL,
        drawn_at timestamptz,
        -- The last number to be worn that was given out; none is given twice.
        bibs integer NOT NULL DEFAULT 0,
        announced_by text NOT NULL,
        PRIMARY KEY (edition_id, id)
      );
      CREATE TABLE extra_request (
        id uuid PRIMARY KEY,
        edition_id text NOT NULL,
        extra_id text NOT NULL,
        application_id uuid NOT NULL REFERENCES application (id),
        person_id text NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'granted', 'refused', 'given-up')),
        version integer NOT NULL,
        place integer,
        bib integer,
        -- An officer took the place back: the draw does not give it again.
        taken_back boolean NOT NULL DEFAULT false,
        asked_at timestamptz NOT NULL,
        FOREIGN KEY (edition_id, extra_id) REFERENCES extra (edition_id, id),
        UNIQUE (edition_id, extra_id, person_id),
        UNIQUE (edition_id, extra_id, bib)
      );
      CREATE INDEX extra_request_person ON extra_request (edition_id, person_id) WHERE state = 'granted';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE extra_request, extra');
  }
}

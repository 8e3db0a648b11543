import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Delegations with their leaders, and everybody for whom an application was begun by somebody else. */
export class Delegations1760000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE delegation (
        id uuid PRIMARY KEY,
        edition_id text NOT NULL,
        name text NOT NULL,
        category text NOT NULL,
        leader_id text NOT NULL,
        places integer NOT NULL CHECK (places > 0),
        per_screening integer NOT NULL CHECK (per_screening >= 0),
        made_by text NOT NULL,
        made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        FOREIGN KEY (edition_id, category) REFERENCES category (edition_id, id)
      );
      CREATE INDEX delegation_leader ON delegation (leader_id);
      CREATE INDEX delegation_edition ON delegation (edition_id, made_at);
      CREATE TABLE delegation_member (
        id uuid PRIMARY KEY,
        -- null where the festival itself invites
        delegation_id uuid REFERENCES delegation (id),
        edition_id text NOT NULL,
        person_id text NOT NULL,
        application_id uuid NOT NULL UNIQUE REFERENCES application (id),
        -- The link is made of the round by a key that only this service has: a new round ends the links before it.
        round integer NOT NULL DEFAULT 1,
        link_until timestamptz NOT NULL,
        opened_at timestamptz,
        invited_by text NOT NULL,
        invited_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE UNIQUE INDEX delegation_member_once ON delegation_member (delegation_id, person_id);
      CREATE INDEX delegation_member_person ON delegation_member (person_id);
      CREATE INDEX delegation_member_invited ON delegation_member (edition_id) WHERE delegation_id IS NULL;
      -- {delegationId, perScreening, leaderId}: told with the badge, so that bookings are counted by the delegation.
      ALTER TABLE application ADD COLUMN delegation jsonb;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE application DROP COLUMN delegation; DROP TABLE delegation_member; DROP TABLE delegation',
    );
  }
}

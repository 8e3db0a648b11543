import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MESSAGING_TABLES } from '#libs/messaging';
import { IDEMPOTENCY_TABLE } from '#libs/service-defaults';

/** Copies of editions, categories and quotas, applications with their steps and papers, badges, the audit log. */
export class Accreditations1760000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MESSAGING_TABLES);
    await runner.query(IDEMPOTENCY_TABLE);
    await runner.query(`
      CREATE TABLE edition_copy (
        edition_id text PRIMARY KEY,
        version bigint NOT NULL,
        name jsonb NOT NULL,
        date_from text NOT NULL,
        date_to text NOT NULL,
        timezone text NOT NULL
      );
      CREATE TABLE festival_clock (
        edition_id text PRIMARY KEY,
        version bigint NOT NULL,
        offset_ms bigint NOT NULL
      );

      CREATE TABLE category (
        edition_id text NOT NULL,
        id text NOT NULL,
        position integer NOT NULL,
        data jsonb NOT NULL,
        print text NOT NULL,
        PRIMARY KEY (edition_id, id)
      );
      -- "key" is the name as it is searched: two spellings of one outlet share its quota.
      CREATE TABLE outlet (
        edition_id text NOT NULL,
        category text NOT NULL,
        key text NOT NULL,
        data jsonb NOT NULL,
        print text NOT NULL,
        PRIMARY KEY (edition_id, category, key),
        FOREIGN KEY (edition_id, category) REFERENCES category (edition_id, id)
      );
      CREATE TABLE outlet_alias (
        edition_id text NOT NULL,
        category text NOT NULL,
        alias text NOT NULL,
        key text NOT NULL,
        PRIMARY KEY (edition_id, category, alias),
        FOREIGN KEY (edition_id, category, key) REFERENCES outlet (edition_id, category, key)
      );

      CREATE TABLE application (
        id uuid PRIMARY KEY,
        edition_id text NOT NULL,
        category text NOT NULL,
        person_id text NOT NULL,
        state text NOT NULL CHECK (state IN ('draft', 'submitted', 'under-review', 'information-requested', 'waitlisted',
          'rejected', 'appealed', 'awaiting-payment', 'approved', 'suspended', 'revoked', 'withdrawn', 'lapsed')),
        version integer NOT NULL,
        language text NOT NULL CHECK (language IN ('kk', 'ru', 'en')),
        fields jsonb NOT NULL,
        outlet_key text,
        search text NOT NULL DEFAULT '',
        request jsonb,
        due_at timestamptz,
        reason text,
        submitted_at timestamptz,
        started_at timestamptz NOT NULL DEFAULT now(),
        FOREIGN KEY (edition_id, category) REFERENCES category (edition_id, id)
      );
      CREATE INDEX application_person ON application (person_id);
      CREATE INDEX application_queue ON application (edition_id, state, id);
      CREATE INDEX application_due ON application (due_at) WHERE state = 'information-requested';
      CREATE UNIQUE INDEX application_one_open ON application (edition_id, person_id, category)
        WHERE state NOT IN ('rejected', 'revoked', 'withdrawn', 'lapsed');
      CREATE UNIQUE INDEX application_one_accreditation ON application (edition_id, person_id)
        WHERE state IN ('approved', 'suspended');

      CREATE TABLE application_step (
        application_id uuid NOT NULL REFERENCES application (id),
        version integer NOT NULL,
        at timestamptz NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        state text NOT NULL,
        command text NOT NULL,
        actor text NOT NULL CHECK (actor IN ('applicant', 'officer', 'system')),
        actor_id text NOT NULL,
        reason text,
        PRIMARY KEY (application_id, version)
      );

      CREATE TABLE evidence (
        id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES application (id),
        kind text NOT NULL,
        file_name text NOT NULL,
        type text NOT NULL,
        bytes integer NOT NULL,
        sha256 text NOT NULL,
        uploaded_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX evidence_application ON evidence (application_id);

      CREATE TABLE quota (
        id text PRIMARY KEY,
        capacity integer NOT NULL CHECK (capacity >= 0),
        used integer NOT NULL DEFAULT 0 CHECK (used >= 0)
      );
      CREATE TABLE quota_use (
        quota_id text NOT NULL REFERENCES quota (id),
        application_id uuid NOT NULL REFERENCES application (id),
        PRIMARY KEY (quota_id, application_id)
      );
      CREATE INDEX quota_use_application ON quota_use (application_id);

      CREATE TABLE badge (
        id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES application (id),
        edition_id text NOT NULL,
        person_id text NOT NULL,
        serial text NOT NULL UNIQUE CHECK (serial ~ '^[0-9a-f]{20}$'),
        state text NOT NULL CHECK (state IN ('live', 'suspended', 'revoked', 'replaced', 'reported_lost')),
        version integer NOT NULL,
        function text NOT NULL,
        classes jsonb NOT NULL,
        areas jsonb NOT NULL,
        holder jsonb NOT NULL,
        valid_from timestamptz NOT NULL,
        valid_until timestamptz NOT NULL,
        issued_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX badge_application ON badge (application_id);
      CREATE UNIQUE INDEX badge_one_live ON badge (edition_id, person_id) WHERE state IN ('live', 'suspended');

      -- What the doors must hear at once and have not taken yet is a row with taken_at null.
      CREATE TABLE gate_telling (
        fact uuid PRIMARY KEY,
        badge_id uuid NOT NULL REFERENCES badge (id),
        body jsonb NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL DEFAULT now(),
        taken_at timestamptz
      );
      CREATE INDEX gate_telling_badge ON gate_telling (badge_id) WHERE taken_at IS NULL;
      CREATE INDEX gate_telling_due ON gate_telling (next_try_at) WHERE taken_at IS NULL;

      CREATE TABLE audit (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        actor_id text NOT NULL,
        action text NOT NULL,
        object_id text NOT NULL,
        facts jsonb NOT NULL DEFAULT '{}'
      );
      CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
      CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit, gate_telling, badge, quota_use, quota, evidence, application_step, application, outlet_alias,
        outlet, category, festival_clock, edition_copy, idempotency, dead_letter, parked_key, inbox, outbox;
      DROP FUNCTION audit_is_append_only`);
  }
}

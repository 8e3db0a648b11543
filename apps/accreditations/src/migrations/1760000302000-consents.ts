import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What applicants agree to, by edition and version, and who agreed to what and when. */
export class Consents1760000302000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE consent_text (
        edition_id text NOT NULL,
        version text NOT NULL,
        text jsonb NOT NULL,
        since timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (edition_id, version)
      );
      -- The version that is asked for now.
      CREATE TABLE edition_consent (
        edition_id text PRIMARY KEY,
        version text NOT NULL,
        FOREIGN KEY (edition_id, version) REFERENCES consent_text (edition_id, version)
      );
      -- One row for each hand-in; stays when the person is forgotten, and names nobody.
      CREATE TABLE consent (
        application_id uuid NOT NULL REFERENCES application (id),
        edition_id text NOT NULL,
        version text NOT NULL,
        language text NOT NULL,
        -- the applicant, or the officer who took the signature at the desk
        given_by text NOT NULL,
        at timestamptz NOT NULL DEFAULT clock_timestamp(),
        PRIMARY KEY (application_id, version),
        FOREIGN KEY (edition_id, version) REFERENCES consent_text (edition_id, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE consent, edition_consent, consent_text');
  }
}

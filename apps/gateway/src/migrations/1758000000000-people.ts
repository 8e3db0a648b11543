import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, their sessions, passwords, links and second factors (the auth library's columns), and their roles. */
export class People1758000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE person (
        id text PRIMARY KEY,
        name text NOT NULL DEFAULT '',
        email text NOT NULL UNIQUE,
        email_verified boolean NOT NULL DEFAULT false,
        image text,
        language text NOT NULL DEFAULT 'kk' CHECK (language IN ('kk', 'ru', 'en')),
        two_factor_enabled boolean DEFAULT false,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE person_session (
        id text PRIMARY KEY,
        person_id text NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        token text NOT NULL UNIQUE,
        expires_at timestamptz NOT NULL,
        ip_address text,
        user_agent text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL
      );
      CREATE INDEX person_session_person_id_idx ON person_session (person_id);

      CREATE TABLE person_account (
        id text PRIMARY KEY,
        person_id text NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        account_id text NOT NULL,
        provider_id text NOT NULL,
        access_token text,
        refresh_token text,
        id_token text,
        access_token_expires_at timestamptz,
        refresh_token_expires_at timestamptz,
        scope text,
        password text,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL
      );
      CREATE INDEX person_account_person_id_idx ON person_account (person_id);

      CREATE TABLE person_verification (
        id text PRIMARY KEY,
        identifier text NOT NULL,
        value text NOT NULL,
        expires_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX person_verification_identifier_idx ON person_verification (identifier);

      CREATE TABLE person_two_factor (
        id text PRIMARY KEY,
        person_id text NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        secret text NOT NULL,
        backup_codes text NOT NULL,
        verified boolean,
        failed_verification_count integer,
        locked_until timestamptz
      );
      CREATE INDEX person_two_factor_person_id_idx ON person_two_factor (person_id);
      CREATE INDEX person_two_factor_secret_idx ON person_two_factor (secret);

      CREATE TABLE person_role (
        person_id text NOT NULL REFERENCES person (id) ON DELETE CASCADE,
        role text NOT NULL,
        edition_id text,
        UNIQUE NULLS NOT DISTINCT (person_id, role, edition_id)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE person_role, person_two_factor, person_verification, person_account, person_session, person',
    );
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Names in one script as the kernel folded them when this migration was written: letters first, then sounds. */
const LETTERS = ['абвгдежзиклмнопрстуфхцыэюя', 'abvgdejziklmnoprstufhcieua'];
const SOUNDS = [
  ['ч', 'ch'],
  ['[шщ]', 'sh'],
  ['[ъь]', ''],
  ['shch', 'sh'],
  ['zh', 'j'],
  ['dj', 'j'],
  ['kh', 'h'],
  ['gh', 'g'],
  ['ts', 'c'],
  ['[yi]+u', 'u'],
  ['[yi]+a', 'a'],
  ['[yi]+e', 'e'],
  ['yo', 'e'],
  ['x', 'ks'],
  ['q', 'k'],
  ['w', 'v'],
  ['y', 'i'],
  ['(.)\\1+', '\\1'],
] as const;
const FOLDED = SOUNDS.reduce(
  (folded, [spelling, sound]) => `regexp_replace(${folded}, '${spelling}', '${sound}', 'g')`,
  `translate(search, '${LETTERS[0]}', '${LETTERS[1]}')`,
);

/** Waiting list with offers, fees, appeals, changes after the approval, the reviewers' desk, releases. */
export class ApplicationsInDepth1760000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE application DROP CONSTRAINT application_state_check;
      ALTER TABLE application ADD CONSTRAINT application_state_check CHECK (state IN ('draft', 'submitted',
        'under-review', 'information-requested', 'waitlisted', 'offered', 'rejected', 'appealed', 'awaiting-payment',
        'approved', 'suspended', 'revoked', 'withdrawn', 'lapsed'));
      ALTER TABLE application
        -- What the badge stands for while a change after the approval is decided.
        ADD COLUMN held jsonb,
        -- Counters that it waits for while it is on the waiting list.
        ADD COLUMN wants text[] NOT NULL DEFAULT '{}',
        -- Officers would approve it; only a place was missing.
        ADD COLUMN agreed boolean NOT NULL DEFAULT false,
        ADD COLUMN country text,
        -- Names and outlets in one script, whichever they were written in.
        ADD COLUMN search_key text NOT NULL DEFAULT '',
        ADD COLUMN reviewer text,
        ADD COLUMN decide_by timestamptz,
        ADD COLUMN rejected_by text,
        ADD COLUMN appealed_at timestamptz,
        ADD COLUMN paid_order text,
        ADD COLUMN checked jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN release_id uuid;

      UPDATE application SET search_key = ${FOLDED};

      DROP INDEX application_one_accreditation;
      CREATE UNIQUE INDEX application_one_accreditation ON application (edition_id, person_id)
        WHERE state IN ('approved', 'suspended') OR (held IS NOT NULL AND state NOT IN ('revoked', 'withdrawn'));
      DROP INDEX application_due;
      CREATE INDEX application_due ON application (due_at)
        WHERE due_at IS NOT NULL AND state IN ('information-requested', 'awaiting-payment', 'offered');
      CREATE INDEX application_drafts ON application (edition_id, category) WHERE state = 'draft';
      CREATE INDEX application_waiting ON application USING gin (wants) WHERE state = 'waitlisted';
      CREATE INDEX application_release ON application (release_id) WHERE release_id IS NOT NULL;
      CREATE INDEX application_reviewer ON application (edition_id, reviewer, id) WHERE reviewer IS NOT NULL;
      CREATE INDEX application_outlet ON application (edition_id, outlet_key, id) WHERE outlet_key IS NOT NULL;
      CREATE INDEX application_country ON application (edition_id, country, id) WHERE country IS NOT NULL;
      -- The queue and its search read this alone; a page then fetches its own rows.
      CREATE INDEX application_list ON application (edition_id, id) INCLUDE (state, category, search_key)
        WHERE state <> 'draft';

      ALTER TABLE quota
        ADD COLUMN edition_id text,
        ADD COLUMN category text,
        ADD COLUMN scope text,
        ADD COLUMN subject text;
      UPDATE quota SET edition_id = split_part(id, '/', 1), category = split_part(id, '/', 2),
        scope = CASE WHEN split_part(id, '/', 3) = '' THEN 'category' ELSE 'outlet' END,
        subject = nullif(split_part(id, '/', 3), '');
      ALTER TABLE quota ALTER COLUMN edition_id SET NOT NULL, ALTER COLUMN category SET NOT NULL,
        ALTER COLUMN scope SET NOT NULL;
      CREATE INDEX quota_edition ON quota (edition_id, category);
      ALTER TABLE quota_use ADD COLUMN taken_at timestamptz NOT NULL DEFAULT clock_timestamp();

      ALTER TABLE evidence ADD COLUMN issued_on date;

      CREATE TABLE application_opinion (
        application_id uuid NOT NULL REFERENCES application (id),
        officer_id text NOT NULL,
        reason text,
        at timestamptz NOT NULL,
        PRIMARY KEY (application_id, officer_id)
      );
      CREATE TABLE application_note (
        id uuid PRIMARY KEY,
        application_id uuid NOT NULL REFERENCES application (id),
        officer_id text NOT NULL,
        text text NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE INDEX application_note_application ON application_note (application_id);
      CREATE TABLE saved_filter (
        id uuid PRIMARY KEY,
        officer_id text NOT NULL,
        edition_id text NOT NULL,
        name text NOT NULL,
        filter jsonb NOT NULL
      );
      CREATE INDEX saved_filter_officer ON saved_filter (officer_id, edition_id);

      -- What tickets must hear about a fee and has not taken yet is a row with taken_at null.
      CREATE TABLE fee_telling (
        application_id uuid PRIMARY KEY REFERENCES application (id),
        want text NOT NULL CHECK (want IN ('open', 'withdrawn')),
        round integer NOT NULL DEFAULT 1,
        body jsonb NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_try_at timestamptz NOT NULL DEFAULT now(),
        taken_at timestamptz
      );
      CREATE INDEX fee_telling_due ON fee_telling (next_try_at) WHERE taken_at IS NULL;

      CREATE TABLE release (
        id uuid PRIMARY KEY,
        edition_id text NOT NULL,
        name text NOT NULL,
        state text NOT NULL CHECK (state IN ('prepared', 'released', 'discarded')),
        version integer NOT NULL,
        release_at timestamptz,
        released_at timestamptz,
        made_by text NOT NULL
      );
      CREATE INDEX release_due ON release (release_at) WHERE state = 'prepared' AND release_at IS NOT NULL;
      CREATE INDEX release_edition ON release (edition_id);
      CREATE TABLE release_decision (
        release_id uuid NOT NULL REFERENCES release (id),
        application_id uuid NOT NULL REFERENCES application (id),
        decision text NOT NULL CHECK (decision IN ('approve', 'reject', 'waitlist')),
        reason text,
        officer_id text NOT NULL,
        -- Why it did not go, once the release went.
        skipped text,
        PRIMARY KEY (release_id, application_id)
      );
      CREATE INDEX release_decision_application ON release_decision (application_id);
      ALTER TABLE application ADD FOREIGN KEY (release_id) REFERENCES release (id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE application DROP COLUMN release_id;
      DROP TABLE release_decision, release, fee_telling, saved_filter, application_note, application_opinion;
      ALTER TABLE evidence DROP COLUMN issued_on;
      ALTER TABLE quota_use DROP COLUMN taken_at;
      ALTER TABLE quota DROP COLUMN edition_id, DROP COLUMN category, DROP COLUMN scope, DROP COLUMN subject;
      DROP INDEX application_one_accreditation, application_due, application_drafts, application_list;
      ALTER TABLE application DROP COLUMN held, DROP COLUMN wants, DROP COLUMN agreed,
        DROP COLUMN country, DROP COLUMN search_key,
        DROP COLUMN reviewer, DROP COLUMN decide_by, DROP COLUMN rejected_by, DROP COLUMN appealed_at,
        DROP COLUMN paid_order, DROP COLUMN checked;
      CREATE UNIQUE INDEX application_one_accreditation ON application (edition_id, person_id)
        WHERE state IN ('approved', 'suspended');
      CREATE INDEX application_due ON application (due_at) WHERE state = 'information-requested';
      ALTER TABLE application DROP CONSTRAINT application_state_check;
      ALTER TABLE application ADD CONSTRAINT application_state_check CHECK (state IN ('draft', 'submitted',
        'under-review', 'information-requested', 'waitlisted', 'rejected', 'appealed', 'awaiting-payment',
        'approved', 'suspended', 'revoked', 'withdrawn', 'lapsed'));
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Devices with their own keys and shifts, PINs, rules of a door, and what a scan made without a network tells. */
export class DoorDevices1569000900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- who was paired with a long-lived token pairs anew
      UPDATE device SET state = 'revoked', pairing_hash = NULL WHERE state <> 'revoked';
      ALTER TABLE device
        DROP COLUMN token_hash,
        ADD does text[] NOT NULL DEFAULT '{scan}',
        ADD scope jsonb NOT NULL DEFAULT '{}',
        -- its shift, machine time
        ADD valid_from timestamptz NOT NULL DEFAULT clock_timestamp(),
        ADD valid_until timestamptz NOT NULL DEFAULT clock_timestamp() + interval '18 hours',
        ADD public_key jsonb,
        -- the printed list of a gate, whose ticks are typed in: no machine, never asked whether it has synced
        ADD paper boolean NOT NULL DEFAULT false,
        ADD clock_offset_ms bigint,
        ADD list_screening text,
        ADD list_at timestamptz,
        ADD waiting int NOT NULL DEFAULT 0,
        ADD app_version text;
      CREATE UNIQUE INDEX device_paper ON device (edition_id, gate) WHERE paper;
      CREATE TABLE device_challenge (
        hash text PRIMARY KEY, device_id uuid NOT NULL REFERENCES device, expires_at timestamptz NOT NULL);
      CREATE TABLE device_session (
        hash text PRIMARY KEY, device_id uuid NOT NULL REFERENCES device, expires_at timestamptz NOT NULL);
      CREATE INDEX device_session_device ON device_session (device_id);
      -- salted PBKDF2-SHA-256 in base64url; the digits are kept nowhere
      CREATE TABLE door_pin (
        id uuid PRIMARY KEY, edition_id text NOT NULL, role text NOT NULL CHECK (role IN ('operator', 'house-manager')),
        label text NOT NULL, salt text NOT NULL, iterations int NOT NULL, hash text NOT NULL, valid_until timestamptz NOT NULL,
        made_by text NOT NULL, wrong_tries int NOT NULL DEFAULT 0, locked_until timestamptz, ended boolean NOT NULL DEFAULT false);
      CREATE INDEX door_pin_edition ON door_pin (edition_id);

      -- of a screening, or of the whole edition where screening_id is ''
      CREATE TABLE door_rules (
        edition_id text NOT NULL, screening_id text NOT NULL DEFAULT '', rules jsonb NOT NULL, changed_by text NOT NULL,
        PRIMARY KEY (edition_id, screening_id));
      CREATE TABLE door_state (
        screening_id text PRIMARY KEY,
        -- festival time
        closed_at timestamptz,
        release_confirmed_at timestamptz, release_confirmed_by text);
      CREATE TABLE conflict_settled (
        screening_id text NOT NULL, key text NOT NULL, note text NOT NULL, settled_by text NOT NULL,
        settled_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (screening_id, key));
      -- what a revoked device still sent: kept, never counted
      CREATE TABLE quarantined_scan (
        id uuid PRIMARY KEY, device_id uuid NOT NULL REFERENCES device, screening_id text NOT NULL, body jsonb NOT NULL,
        received_at timestamptz NOT NULL DEFAULT clock_timestamp());
      CREATE INDEX quarantined_scan_screening ON quarantined_scan (screening_id);

      -- verdict says how the scan counts ('ok' is the one first entry of a serial); shown is what the gate said
      ALTER TABLE scan
        ADD shown text,
        ADD let_in boolean NOT NULL DEFAULT true,
        ADD direction text NOT NULL DEFAULT 'in' CHECK (direction IN ('in', 'out')),
        ADD offline boolean NOT NULL DEFAULT false,
        ADD undone_at timestamptz,
        ADD clock_offset_ms bigint,
        ADD seq bigint,
        ADD operator uuid,
        ADD override_by uuid,
        ADD override_reason text,
        ADD group_serial text,
        -- the scan whose one code let this person in too
        ADD parent uuid,
        ADD list_at timestamptz,
        ADD duplicate_on_sync boolean NOT NULL DEFAULT false;
      UPDATE scan SET shown = verdict, let_in = verdict = 'ok';
      CREATE INDEX scan_serial ON scan (serial, screening_id);
      CREATE INDEX scan_inside ON scan (screening_id, direction) WHERE let_in AND undone_at IS NULL;
      CREATE INDEX scan_parent ON scan (parent) WHERE parent IS NOT NULL;

      -- when a serial stopped opening doors, festival time
      ALTER TABLE ticket ADD ended_at timestamptz;
      ALTER TABLE badge_copy ADD ended_at timestamptz;
    `);
    await runner.query(`
CREATE FUNCTION note_ticket_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.ended_at := CASE WHEN NEW.state = 'ended'
    THEN coalesce(OLD.ended_at, festival_now((SELECT edition_id FROM screening_copy WHERE screening_id = NEW.screening_id))) END;
  RETURN NEW;
END $$;
CREATE TRIGGER ticket_ends BEFORE UPDATE OF state ON ticket FOR EACH ROW EXECUTE FUNCTION note_ticket_end();

CREATE FUNCTION note_badge_end() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.ended_at := CASE WHEN NEW.state <> 'live' THEN
    coalesce(CASE WHEN TG_OP = 'UPDATE' THEN OLD.ended_at END, festival_now(NEW.edition_id)) END;
  RETURN NEW;
END $$;
CREATE TRIGGER badge_ends BEFORE INSERT OR UPDATE OF state ON badge_copy FOR EACH ROW EXECUTE FUNCTION note_badge_end();

-- Devices that scanned or keep the list of a screening and are not known to have sent everything: not heard of for a
-- minute, or with scans still to come.
CREATE FUNCTION door_waits_for(screening text) RETURNS text[] LANGUAGE sql VOLATILE AS $$
  SELECT coalesce(array_agg(d.name ORDER BY d.name), '{}') FROM device d
   WHERE d.state = 'paired' AND NOT d.paper AND d.valid_until > clock_timestamp()
     AND (d.list_screening = screening OR EXISTS (SELECT 1 FROM scan s WHERE s.screening_id = screening AND s.device_id = d.id))
     AND (d.waiting > 0 OR coalesce(d.seen_at, '-infinity') < clock_timestamp() - interval '60 seconds')
$$;

-- Whether seats that nobody took may be given away: every gate has sent what it has, or the house manager says so.
CREATE FUNCTION may_release(screening text) RETURNS boolean LANGUAGE sql VOLATILE AS $$
  SELECT EXISTS (SELECT 1 FROM door_state WHERE screening_id = screening AND release_confirmed_at IS NOT NULL)
      OR cardinality(door_waits_for(screening)) = 0
$$;

-- Booked seats that nobody has taken so shortly before the start. Those of suspended badges are given up for another reason.
CREATE OR REPLACE FUNCTION unclaimed_bookings(most int) RETURNS SETOF uuid LANGUAGE sql VOLATILE AS $$
  SELECT b.id FROM booking b JOIN screening_copy s USING (screening_id)
   WHERE b.state = 'booked' AND s.state <> 'cancelled' AND s.ends_at > festival_now(b.edition_id)
     AND s.starts_at - make_interval(mins => rush_minutes(b.edition_id)) <= festival_now(b.edition_id)
     AND (EXISTS (SELECT 1 FROM badge_copy c WHERE c.accreditation_id = b.accreditation_id AND c.state = 'live')
       OR NOT EXISTS (SELECT 1 FROM badge_copy c WHERE c.accreditation_id = b.accreditation_id AND c.state = 'suspended'))
     AND may_release(b.screening_id)
   ORDER BY b.id LIMIT most
$$;

-- Paid seats that nobody has taken when late entry is over, where the edition says that they are released.
CREATE OR REPLACE FUNCTION unclaimed_tickets(most int) RETURNS SETOF uuid LANGUAGE sql VOLATILE AS $$
  SELECT t.id FROM ticket t JOIN screening_copy s USING (screening_id) JOIN rush_rules r ON r.edition_id = s.edition_id
   WHERE t.state = 'live' AND (r.rules->>'paidSeats')::boolean AND s.state <> 'cancelled'
     AND (s.data->>'lateEntryUntil')::timestamptz <= festival_now(s.edition_id) AND s.ends_at > festival_now(s.edition_id)
     AND NOT EXISTS (SELECT 1 FROM scan c WHERE c.screening_id = t.screening_id AND c.serial = t.serial AND c.verdict = 'ok')
     AND may_release(t.screening_id)
   ORDER BY t.id LIMIT most
$$;
`);
  }

  async down(): Promise<void> {
    throw new Error('what gates have seen is not taken back by a migration');
  }
}

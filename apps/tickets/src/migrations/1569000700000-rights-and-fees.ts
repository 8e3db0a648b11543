import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a badge's function allows, the own quota of a delegation, the fee of an accreditation, and lost badges that are shown. */
export class RightsAndFees1569000700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE badge_copy
        ADD rights jsonb NOT NULL DEFAULT '{}',
        -- {delegationId, perScreening} of whose quota its bookings are
        ADD delegation jsonb;

      -- Paid by an order like any other. While an order for it is open or paid, the limit "fee:<application>:<round>" of 1
      -- is used: there is no second one, and a payment that comes too late for a withdrawn fee, or for one that was
      -- demanded anew since, goes back by itself.
      CREATE TABLE accreditation_fee (
        application_id uuid PRIMARY KEY, person_id text NOT NULL, edition_id text NOT NULL, name jsonb NOT NULL,
        amount bigint NOT NULL CHECK (amount > 0), currency text NOT NULL,
        -- festival time
        pay_until timestamptz NOT NULL,
        round int NOT NULL,
        state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'paid', 'withdrawn')),
        order_id uuid REFERENCES orders, version int NOT NULL DEFAULT 1);
    `);
    await runner.query(`
CREATE FUNCTION fee_limit(application uuid, fee_round int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT 'fee:' || application || ':' || fee_round
$$;

-- Also what is told twice or out of order: only a higher round makes a fee due again that was withdrawn; a paid one stays so.
CREATE FUNCTION demand_fee(f jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE application uuid := (f->>'applicationId')::uuid; wanted int := (f->>'round')::int; known text;
BEGIN
  INSERT INTO accreditation_fee (application_id, person_id, edition_id, name, amount, currency, pay_until, round)
  VALUES (application, f->>'personId', f->>'editionId', f->'name', (f->>'amount')::bigint, f->>'currency',
          (f->>'payUntil')::timestamptz, wanted)
  ON CONFLICT (application_id) DO UPDATE SET state = 'due', name = excluded.name, amount = excluded.amount,
    currency = excluded.currency, pay_until = excluded.pay_until, round = excluded.round, order_id = NULL,
    version = accreditation_fee.version + 1
    WHERE accreditation_fee.state = 'withdrawn' AND excluded.round > accreditation_fee.round;
  IF FOUND THEN INSERT INTO usage_limit (id, capacity) VALUES (fee_limit(application, wanted), 1); END IF;
  SELECT state INTO known FROM accreditation_fee WHERE application_id = application;
  RETURN known;
END $$;

-- The order that waits for its payment, for who wants to end it; null when there is none.
CREATE FUNCTION open_fee_order(application text) RETURNS uuid LANGUAGE sql STABLE AS $$
  SELECT o.id FROM accreditation_fee f JOIN limit_use u ON u.limit_id = fee_limit(f.application_id, f.round)
    JOIN orders o ON o.id = u.owner_id
   WHERE f.application_id = application::uuid AND o.state IN ('awaiting-payment', 'expiring')
$$;

-- Nobody needs to pay what was demanded up to this round. Answers what it is now: a fee that is paid, or about to be, is not
-- withdrawn.
CREATE FUNCTION withdraw_fee(application uuid, up_to int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE f accreditation_fee%ROWTYPE; seen int; taken int;
BEGIN
  SELECT round INTO seen FROM accreditation_fee WHERE application_id = application;
  IF NOT FOUND THEN RETURN 'withdrawn'; END IF;
  SELECT used INTO taken FROM usage_limit WHERE id = fee_limit(application, seen) FOR UPDATE;
  SELECT * INTO f FROM accreditation_fee WHERE application_id = application FOR UPDATE;
  IF f.round > up_to THEN RETURN f.state; END IF;
  IF f.state = 'due' AND (taken > 0 OR f.round <> seen) THEN RETURN 'open'; END IF;
  IF f.state = 'due' THEN
    UPDATE accreditation_fee SET state = 'withdrawn', version = version + 1 WHERE application_id = application;
    UPDATE usage_limit SET capacity = 0 WHERE id = fee_limit(application, seen);
    RETURN 'withdrawn';
  END IF;
  RETURN f.state;
END $$;

-- A fee that was paid although its application had ended goes back whole. Twice gives back nothing the second time.
CREATE FUNCTION return_fee(application uuid) RETURNS text LANGUAGE plpgsql AS $$
DECLARE f accreditation_fee%ROWTYPE; o orders%ROWTYPE;
BEGIN
  SELECT * INTO f FROM accreditation_fee WHERE application_id = application;
  SELECT * INTO o FROM orders WHERE id = f.order_id FOR UPDATE;
  SELECT * INTO f FROM accreditation_fee WHERE application_id = application FOR UPDATE;
  IF f.state IS DISTINCT FROM 'paid' OR f.order_id <> o.id OR o.state <> 'paid' THEN RETURN f.state; END IF;
  PERFORM release_owner(o.id);
  UPDATE usage_limit SET capacity = 0 WHERE id = fee_limit(application, f.round);
  UPDATE accreditation_fee SET state = 'withdrawn', version = version + 1 WHERE application_id = application;
  UPDATE order_item SET ended_as = 'refunded' WHERE order_id = o.id AND ended_as IS NULL;
  PERFORM post_ledger(o.id, 'fee-returned', o.currency, jsonb_build_object('fees', f.amount, 'returns', -f.amount));
  PERFORM give_back(o.id, f.amount, 'fee-returned', '{}', 0);
  UPDATE orders SET version = version + 1, end_reason = 'fee-returned', state = 'refund-due' WHERE id = o.id RETURNING * INTO o;
  PERFORM tell('tickets.order.refund-due.v1', 'tickets', o.id::text, o.version, order_facts(o) || jsonb_build_object(
    'amount', jsonb_build_object('amount', f.amount, 'currency', f.currency), 'reason', 'fee-returned'));
  RETURN 'withdrawn';
END $$;

CREATE FUNCTION pay_fee_of_order() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE f accreditation_fee%ROWTYPE;
BEGIN
  UPDATE accreditation_fee SET state = 'paid', version = version + 1, order_id = NEW.id
   WHERE state = 'due' AND application_id IN (SELECT split_part(subject, ':', 2)::uuid FROM order_item
                                              WHERE order_id = NEW.id AND subject LIKE 'accreditation:%') RETURNING * INTO f;
  IF FOUND THEN
    PERFORM tell('tickets.accreditation-fee.paid.v1', 'tickets', f.application_id::text, f.version, jsonb_build_object(
      'applicationId', f.application_id, 'orderId', NEW.id, 'editionId', f.edition_id, 'personId', f.person_id,
      'total', jsonb_build_object('amount', f.amount, 'currency', f.currency)));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER fee_is_paid_with_its_order AFTER UPDATE OF state ON orders FOR EACH ROW
  WHEN (NEW.has_items AND NEW.state = 'paid' AND OLD.state <> 'paid') EXECUTE FUNCTION pay_fee_of_order();

-- A booking on a badge, by the rights of its function: seat, share of the class, quota of the day and of a delegation at once.
CREATE OR REPLACE FUNCTION make_booking(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  i jsonb := p->'idempotency'; b jsonb := p->'booking'; bid uuid := (b->>'id')::uuid; known record; claims jsonb;
  holder badge_copy%ROWTYPE; clash text; blocked timestamptz; delegated text;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('make-booking|' || (i->>'caller') || '|' || (i->>'key'), 0)) THEN
    PERFORM refuse('request-in-flight', '{}');
  END IF;
  SELECT fingerprint, answer INTO known FROM idempotency
   WHERE operation = 'make-booking' AND caller = i->>'caller' AND key = i->>'key';
  IF FOUND THEN
    IF known.fingerprint <> i->>'fingerprint' THEN PERFORM refuse('idempotency-key-reused', '{}'); END IF;
    RETURN jsonb_build_object('booking', known.answer->>'booking', 'claims', '[]'::jsonb);
  END IF;
  PERFORM lock_screenings(ARRAY[b->>'screening']);
  PERFORM require_on_sale(jsonb_build_array(jsonb_build_object('screening', b->>'screening', 'plan', p->'plan', 'plan_id', p->'planId',
    'seat', p->'seat', 'companion_alone', p->'companionAlone')));
  -- One person's bookings are made one after the other: quota and overlap are counted under this lock.
  PERFORM pg_advisory_xact_lock(hashtextextended('accreditation:' || (b->>'accreditation'), 0));
  SELECT * INTO holder FROM badge_copy WHERE accreditation_id = b->>'accreditation' AND state = 'live';
  IF NOT FOUND THEN PERFORM refuse('badge-not-live', '{}'); END IF;
  SELECT max(blocked_until) INTO blocked FROM booking WHERE accreditation_id = b->>'accreditation';
  IF blocked > coalesce((p->>'at')::timestamptz, festival_now(b->>'edition')) THEN
    PERFORM refuse('booking-blocked', jsonb_build_object('until', blocked));
  END IF;
  IF EXISTS (SELECT 1 FROM booking WHERE accreditation_id = b->>'accreditation' AND screening_id = b->>'screening'
              AND (state IN ('booked', 'used') OR (state = 'released' AND end_reason = 'not-here'))) THEN
    -- Whoever came too late is seated at the door, on the booking that was released.
    PERFORM refuse('already-booked', jsonb_build_object('screening', b->>'screening'));
  END IF;
  SELECT o.screening_id INTO clash
    FROM booking o JOIN screening_copy s ON s.screening_id = o.screening_id
   WHERE o.accreditation_id = b->>'accreditation' AND o.state = 'booked'
     AND s.starts_at < (p->>'endsAt')::timestamptz AND s.ends_at > (p->>'startsAt')::timestamptz LIMIT 1;
  IF FOUND AND (p->>'overlap')::boolean IS NOT TRUE THEN
    PERFORM refuse('booking-overlaps', jsonb_build_object('screening', clash));
  END IF;
  -- A booking that was missed used up its place of the day; one that was cancelled in time did not.
  IF (SELECT count(*) FROM booking o JOIN screening_copy s ON s.screening_id = o.screening_id
       WHERE o.accreditation_id = b->>'accreditation' AND (o.state IN ('booked', 'used', 'missed') OR o.end_reason = 'not-here')
         AND (s.starts_at AT TIME ZONE (p->>'timezone'))::date = ((p->>'startsAt')::timestamptz AT TIME ZONE (p->>'timezone'))::date)
     >= (p->>'dailyQuota')::int THEN
    PERFORM refuse('daily-quota-used', jsonb_build_object('quota', p->'dailyQuota'));
  END IF;
  IF p ? 'delegation' THEN
    delegated := 'delegation:' || (p->'delegation'->>'id') || ':' || (b->>'screening');
    INSERT INTO usage_limit (id, capacity) VALUES (delegated, (p->'delegation'->>'perScreening')::int)
    ON CONFLICT (id) DO UPDATE SET capacity = greatest(excluded.capacity, usage_limit.used);
    -- Both counters are locked in the one order of ids before either is taken.
    PERFORM 1 FROM usage_limit WHERE id = delegated OR id IN (SELECT jsonb_array_elements_text(p->'candidates')) ORDER BY id FOR UPDATE;
    IF NOT EXISTS (SELECT 1 FROM usage_limit WHERE id = delegated AND used < capacity) THEN
      PERFORM refuse('delegation-full', jsonb_build_object('screening', b->>'screening', 'places', p->'delegation'->'perScreening'));
    END IF;
    PERFORM take_limit(ARRAY[delegated], bid, 1);
  END IF;
  IF jsonb_array_length(p->'candidates') > 0 THEN
    PERFORM take_limit(ARRAY(SELECT jsonb_array_elements_text(p->'candidates')), bid, 1);
  END IF;
  claims := claim_seats('booking', bid, jsonb_build_array(jsonb_build_object('screening', b->>'screening', 'seat', p->>'seat', 'line', 0)));
  INSERT INTO booking (id, accreditation_id, person_id, edition_id, screening_id, row_label, seat_label, state, limits)
  VALUES (bid, b->>'accreditation', b->>'person', b->>'edition', b->>'screening', b->>'row', b->>'seat', 'booked',
          ARRAY(SELECT jsonb_array_elements_text(p->'candidates')));
  PERFORM tell('tickets.booking.made.v1', 'tickets', bid::text, 1, p->'told');
  INSERT INTO idempotency (operation, caller, key, fingerprint, answer)
  VALUES ('make-booking', i->>'caller', i->>'key', i->>'fingerprint', jsonb_build_object('booking', bid));
  RETURN jsonb_build_object('booking', bid, 'claims', claims);
END $$;

-- What the door needs to know of a serial at a screening, and the scan's earlier answer when it was sent before.
CREATE OR REPLACE FUNCTION scan_facts(scan_id uuid, wanted_serial text, screening text) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_object(
    'earlier', (SELECT answer FROM scan WHERE id = scan_id),
    'ticket', (SELECT jsonb_build_object('state', t.state, 'endedAs', t.ended_as, 'screening', t.screening_id,
                        'row', l.row_label, 'seat', l.seat_label)
                 FROM ticket t JOIN order_line l USING (order_id, line_no) WHERE t.serial = wanted_serial),
    'badge', (SELECT jsonb_build_object('id', b.badge_id, 'state', b.state, 'classes', b.classes, 'accreditation', b.accreditation_id,
                       'windows', b.rights->'windows',
                       'booking', (SELECT jsonb_build_object('id', k.id, 'row', k.row_label, 'seat', k.seat_label) FROM booking k
                                    WHERE k.accreditation_id = b.accreditation_id AND k.screening_id = screening AND k.state IN ('booked', 'used')),
                       'released', EXISTS (SELECT 1 FROM booking k WHERE k.accreditation_id = b.accreditation_id AND k.screening_id = screening
                                              AND k.state = 'released' AND k.end_reason = 'not-here'))
                FROM badge_copy b WHERE b.serial = wanted_serial),
    'entry', (SELECT jsonb_build_object('at', s.festival_at, 'gate', s.gate) FROM scan s
               WHERE s.screening_id = screening AND s.serial = wanted_serial AND s.verdict = 'ok'))
$$;

-- A verdict and its record. An entry that is stored late puts right what was counted without it.
CREATE OR REPLACE FUNCTION store_scan(p jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE earlier jsonb; entered boolean := p->>'verdict' = 'ok'; booked uuid := (p->>'booking')::uuid; t ticket%ROWTYPE;
BEGIN
  IF entered AND booked IS NULL THEN
    SELECT * INTO t FROM ticket WHERE serial = p->>'serial' AND screening_id = p->>'screening' AND ended_as = 'released';
    IF FOUND THEN
      -- Before the scan is written: a latecomer who is being seated holds these and waits for the scan's serial.
      PERFORM lock_screenings(ARRAY[p->>'screening']);
      PERFORM 1 FROM orders WHERE id = t.order_id FOR UPDATE;
    END IF;
  END IF;
  INSERT INTO scan (id, device_id, screening_id, gate, serial, verdict, device_at, festival_at, answer)
  VALUES ((p->>'id')::uuid, (p->>'device')::uuid, p->>'screening', p->>'gate', p->>'serial', p->>'verdict',
          (p->>'deviceAt')::timestamptz, (p->>'festivalAt')::timestamptz, p->'answer');
  IF entered THEN
    IF t.id IS NOT NULL THEN PERFORM revive_ticket(t.id); END IF;
    IF booked IS NULL THEN
      SELECT k.id INTO booked FROM badge_copy c JOIN booking k USING (accreditation_id)
       WHERE c.serial = p->>'serial' AND k.screening_id = p->>'screening'
         AND (k.state IN ('booked', 'missed') OR (k.state = 'released' AND k.end_reason = 'not-here')) LIMIT 1;
    END IF;
    IF booked IS NOT NULL THEN
      UPDATE booking SET state = 'used', version = version + 1 WHERE id = booked AND state = 'booked';
      IF NOT FOUND THEN PERFORM enter_late(booked); END IF;
    END IF;
  END IF;
  IF p ? 'lost' THEN
    PERFORM tell('tickets.badge.lost-shown.v1', 'tickets', p->>'id', 1, p->'lost');
  END IF;
  RETURN jsonb_build_object('outcome', 'stored');
EXCEPTION WHEN unique_violation THEN
  SELECT answer INTO earlier FROM scan WHERE id = (p->>'id')::uuid;
  IF FOUND THEN RETURN jsonb_build_object('outcome', 'repeated', 'answer', earlier); END IF;
  RETURN jsonb_build_object('outcome', 'lost', 'entry',
    (SELECT jsonb_build_object('at', festival_at, 'gate', gate) FROM scan
      WHERE screening_id = p->>'screening' AND serial = p->>'serial' AND verdict = 'ok'));
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Unsold companion places join the general sale by a manager's act; whatever takes seats says which plan it saw. */
export class CompanionPlaces1569000500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE inventory ADD companions_released boolean NOT NULL DEFAULT false');
    await runner.query(`
-- The seats of every line are still on sale, on the plan that the buyer saw; a companion place alone, while it may be.
CREATE OR REPLACE FUNCTION require_on_sale(lines jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  SELECT l.screening, i.on_sale, i.paused INTO bad
    FROM (SELECT DISTINCT x.screening, x.plan, x.plan_id FROM jsonb_to_recordset(lines) AS x(screening text, plan int, plan_id text)) l
    LEFT JOIN inventory i ON i.screening_id = l.screening
   WHERE i.screening_id IS NULL OR NOT i.on_sale OR i.paused OR i.plan_version <> l.plan OR i.plan_id <> l.plan_id
   ORDER BY 1 LIMIT 1;
  IF FOUND THEN
    IF bad.on_sale AND NOT bad.paused THEN
      PERFORM refuse('plan-changed', jsonb_build_object('screening', bad.screening));
    END IF;
    PERFORM refuse('not-on-sale', jsonb_build_object('screening', bad.screening));
  END IF;
  PERFORM refuse('companion-alone', jsonb_build_object('seats', jsonb_agg(x.seat)))
     FROM jsonb_to_recordset(lines) AS x(screening text, seat text, companion_alone boolean)
     JOIN inventory i ON i.screening_id = x.screening
    WHERE x.companion_alone AND NOT i.companions_released HAVING count(*) > 0;
END $$;

-- Companion places of a screening that are sold without their wheelchair place.
CREATE FUNCTION companions_sold_alone(wanted text) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(c.seat_id ORDER BY c.seat_id COLLATE "C")
    FROM inventory i JOIN plan_copy p USING (plan_id, plan_version)
    CROSS JOIN jsonb_to_recordset(p.seats) AS s(id text, kind text, "companionOf" text)
    JOIN seat_claim c ON c.screening_id = i.screening_id AND c.seat_id = s.id
   WHERE i.screening_id = wanted AND s.kind = 'companion'
     AND (c.owner_kind = 'booking' OR (c.owner_kind = 'order' AND NOT EXISTS
          (SELECT 1 FROM order_line l WHERE l.order_id = c.owner_id AND l.screening_id = i.screening_id AND l.seat_id = s."companionOf")))
$$;

-- Lets companion places be sold alone, or no longer. No checkout is under way meanwhile; done twice it changes nothing.
CREATE FUNCTION release_companions(wanted text, opening boolean, by_whom text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE i inventory%ROWTYPE; sold text[];
BEGIN
  PERFORM pg_advisory_xact_lock(screening_lock(wanted));
  SELECT * INTO i FROM inventory WHERE screening_id = wanted FOR UPDATE;
  IF NOT FOUND THEN PERFORM refuse('screening-unknown', jsonb_build_object('screening', wanted)); END IF;
  IF i.companions_released = opening THEN RETURN; END IF;
  sold := companions_sold_alone(wanted);
  IF NOT opening AND sold IS NOT NULL THEN PERFORM refuse('companion-places-sold', jsonb_build_object('seats', sold)); END IF;
  UPDATE inventory SET companions_released = opening WHERE screening_id = wanted;
  INSERT INTO audit_entry (actor, action, subject, facts)
  VALUES (by_whom, CASE WHEN opening THEN 'companion-places.released' ELSE 'companion-places.kept' END, wanted, '{}');
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}

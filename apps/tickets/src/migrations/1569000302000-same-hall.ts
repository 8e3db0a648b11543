import type { MigrationInterface, QueryRunner } from 'typeorm';

/** After a move the plan of another hall may have the same version number: a line says which plan its buyer saw. */
export class SameHall1569000302000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
-- The seats of every line are still on sale, on the plan that the buyer saw.
CREATE OR REPLACE FUNCTION require_on_sale(lines jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE bad record;
BEGIN
  SELECT l.screening, i.on_sale, i.paused INTO bad
    FROM (SELECT DISTINCT x.screening, x.plan, x.plan_id FROM jsonb_to_recordset(lines) AS x(screening text, plan int, plan_id text)) l
    LEFT JOIN inventory i ON i.screening_id = l.screening
   WHERE i.screening_id IS NULL OR NOT i.on_sale OR i.paused OR i.plan_version <> l.plan OR i.plan_id <> l.plan_id
   ORDER BY 1 LIMIT 1;
  IF NOT FOUND THEN RETURN; END IF;
  IF bad.on_sale AND NOT bad.paused THEN
    PERFORM refuse('plan-changed', jsonb_build_object('screening', bad.screening));
  END IF;
  PERFORM refuse('not-on-sale', jsonb_build_object('screening', bad.screening));
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A pass whose money went back, or was taken back, ends; seats that it paid for stand like those of any ended pass. */
export class PassesEnd1569000206000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE FUNCTION end_passes_of_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE pass SET state = 'ended', version = version + 1, end_reason = NEW.state WHERE order_id = NEW.id AND state = 'live';
  RETURN NULL;
END $$;
CREATE TRIGGER passes_end_with_their_order AFTER UPDATE OF state ON orders FOR EACH ROW
  WHEN (NEW.has_items AND NEW.state IN ('refund-due', 'refunded', 'cancelled', 'charged-back') AND OLD.state <> NEW.state)
  EXECUTE FUNCTION end_passes_of_order();

CREATE FUNCTION end_pass_of_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE pass SET state = 'ended', version = version + 1, end_reason = NEW.ended_as
   WHERE order_id = NEW.order_id AND item_no = NEW.item_no AND state = 'live';
  RETURN NULL;
END $$;
CREATE TRIGGER pass_ends_with_its_item AFTER UPDATE OF ended_as ON order_item FOR EACH ROW
  WHEN (NEW.kind = 'pass' AND NEW.ended_as IS NOT NULL AND OLD.ended_as IS NULL) EXECUTE FUNCTION end_pass_of_item();
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}

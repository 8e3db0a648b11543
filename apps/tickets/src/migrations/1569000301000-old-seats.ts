import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Seats of an earlier hall are marked with the move that left them, so that undoing one move recalls its own alone. */
export class OldSeats1569000301000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE FUNCTION old_seat_mark(move uuid) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT '~~' || right(move::text, 12) || '.' $$;

-- Seats that nobody claims but that somebody may take again (late payment, restored booking) are of another hall now.
CREATE FUNCTION forget_old_seats(screening text, move uuid) RETURNS void LANGUAGE sql AS $$
  UPDATE order_line l SET seat_id = old_seat_mark(move) || l.seat_id FROM orders o
   WHERE o.id = l.order_id AND l.screening_id = screening AND o.state = 'expired' AND l.seat_id NOT LIKE '~%';
  UPDATE booking SET released_seat = old_seat_mark(move) || released_seat
   WHERE screening_id = screening AND state = 'released' AND released_seat NOT LIKE '~%';
  DELETE FROM seat_hold WHERE screening_id = screening;
$$;

-- The way back; what expired between the move and its undo stands on seats of the hall that is left again.
CREATE FUNCTION recall_old_seats(screening text, move uuid) RETURNS void LANGUAGE sql AS $$
  UPDATE order_line l SET seat_id = c.from_seat, row_label = c.from_row, seat_label = c.from_number
    FROM orders o, seating_change c
   WHERE o.id = l.order_id AND o.state = 'expired' AND l.screening_id = screening
     AND c.move_id = move AND c.owner_id = o.id AND c.line_no = l.line_no AND c.to_seat = l.seat_id;
  UPDATE booking b SET released_seat = c.from_seat FROM seating_change c
   WHERE b.screening_id = screening AND b.state = 'released' AND c.move_id = move AND c.owner_id = b.id AND c.to_seat = b.released_seat;
  UPDATE order_line SET seat_id = substr(seat_id, length(old_seat_mark(move)) + 1)
   WHERE screening_id = screening AND starts_with(seat_id, old_seat_mark(move));
  UPDATE booking SET released_seat = substr(released_seat, length(old_seat_mark(move)) + 1)
   WHERE screening_id = screening AND starts_with(released_seat, old_seat_mark(move));
  DELETE FROM seat_hold WHERE screening_id = screening;
$$;

-- Whoever keeps places at a cancelled screening: a block, an invitation, an offer, a lease. Told twice frees nothing.
CREATE FUNCTION release_kept(screening text, keeper uuid) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE freed jsonb;
BEGIN
  PERFORM lock_screenings(ARRAY[screening]);
  freed := release_owner(keeper);
  UPDATE block SET state = 'released', version = version + 1, released_at = clock_timestamp(), end_reason = 'screening-cancelled'
   WHERE id = keeper AND state = 'kept';
  UPDATE invitation SET state = 'released', version = version + 1 WHERE id = keeper AND state IN ('sent', 'accepted');
  -- The waitlist's own job ends it with its telling.
  UPDATE waitlist_offer SET until = least(until, clock_timestamp()) WHERE id = keeper AND state = 'open';
  RETURN freed;
END $$;
`);
  }

  async down(): Promise<void> {
    throw new Error('functions are replaced by later migrations, not taken back');
  }
}

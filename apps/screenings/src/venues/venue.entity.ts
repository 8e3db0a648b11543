import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LocalText } from '#libs/kernel';

@Entity('venue')
export class VenueRow {
  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ type: 'integer' })
  position: number;

  /** IANA zone: what the clock on its wall shows. */
  @Column({ type: 'text' })
  timezone: string;

  @Column({ type: 'jsonb' })
  data: { name: LocalText; address: string; lat: number | null; lon: number | null; access: string[] };

  @Column({ type: 'text' })
  print: string;
}

@Entity('hall')
export class HallRow {
  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ name: 'venue_id', type: 'text' })
  venueId: string;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'jsonb' })
  data: { name: LocalText; invented: boolean };
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Price lists and allocation lists are kept for the next edition; they are shown to nobody. */
export type EntryKind = 'section' | 'film' | 'event' | 'jury' | 'award' | 'guest' | 'price-list' | 'allocation-list';

/** A row of the programme that is only read: sections, films, events, juries, awards, guests, lists. */
@Entity('catalogue_entry')
export class CatalogueEntryRow {
  @PrimaryColumn({ name: 'edition_id', type: 'text' })
  editionId: string;

  @PrimaryColumn({ type: 'text' })
  kind: EntryKind;

  @PrimaryColumn({ type: 'text' })
  id: string;

  /** Its place in the programme file. */
  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'jsonb' })
  data: Record<string, unknown>;

  @Column({ type: 'text' })
  print: string;
}

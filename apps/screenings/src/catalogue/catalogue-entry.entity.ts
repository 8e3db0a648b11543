import { Column, Entity, PrimaryColumn } from 'typeorm';

export const ENTRY_KINDS = ['section', 'film', 'event', 'jury', 'award', 'guest'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** A row of the programme that is only read: sections, films, events, juries, awards, guests. */
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

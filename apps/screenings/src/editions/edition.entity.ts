import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EditionView } from '#libs/contracts';
import { bigintAsNumber } from '#libs/persistence';

/** What an edition says of itself, without what other columns hold. */
export type EditionData = Omit<EditionView, 'id' | 'timezone'>;

@Entity('edition')
export class EditionRow {
  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  /** Festival time is machine time plus this; 0 outside development. */
  @Column({ name: 'offset_ms', type: 'bigint', transformer: bigintAsNumber })
  offsetMs: number;

  @Column({ type: 'text' })
  timezone: string;

  @Column({ type: 'jsonb' })
  data: EditionData;

  /** Hash of the imported row: tells a second import that nothing changed. */
  @Column({ type: 'text' })
  print: string;

  /** Rises with every change that the public programme shows. */
  @Column({ type: 'bigint', transformer: bigintAsNumber })
  revision: number;
}

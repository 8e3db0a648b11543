import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CategoryRow as CategoryData, OutletRow as OutletData } from '#libs/contracts';

@Entity('category')
export class CategoryRow {
  @PrimaryColumn({ name: 'edition_id', type: 'text' })
  editionId: string;

  @PrimaryColumn({ type: 'text' })
  id: string;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'jsonb' })
  data: CategoryData;

  /** Hash of the imported row: tells a second import that nothing changed. */
  @Column({ type: 'text' })
  print: string;
}

@Entity('outlet')
export class OutletRow {
  @PrimaryColumn({ name: 'edition_id', type: 'text' })
  editionId: string;

  @PrimaryColumn({ type: 'text' })
  category: string;

  /** The name as it is searched. */
  @PrimaryColumn({ type: 'text' })
  key: string;

  @Column({ type: 'jsonb' })
  data: OutletData;

  @Column({ type: 'text' })
  print: string;
}

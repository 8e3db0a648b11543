import type { ValueTransformer } from 'typeorm';

/** PostgreSQL's bigint as a JavaScript number: ours stay far below 2^53, and TypeORM would hand out strings. */
export const bigintAsNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};

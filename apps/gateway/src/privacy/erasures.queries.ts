import { Injectable } from '@nestjs/common';
import type { Erasure } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { personUnknown } from '../people/people.refusals.js';

export const PARTS = ['gateway', 'accreditations', 'tickets', 'notifications', 'people-topic'] as const;
export type ErasurePart = (typeof PARTS)[number];

/** What was found at the last look into each part. */
export type Looks = Partial<Record<ErasurePart, { checkedAt: string; left: string[] }>>;

interface Row {
  personId: string;
  askedAt: Date;
  parts: Looks;
  doneAt: Date | null;
}

const SELECT = `SELECT person_id AS "personId", asked_at AS "askedAt", parts, done_at AS "doneAt" FROM erasure`;
const SHOWN = 200;

@Injectable()
export class ErasuresQueries {
  constructor(private readonly database: Database) {}

  async newest(): Promise<Erasure[]> {
    return (await this.database.query<Row>(`${SELECT} ORDER BY asked_at DESC LIMIT ${SHOWN}`)).map(shown);
  }

  async one(personId: string): Promise<Erasure> {
    const [row] = await this.database.query<Row>(`${SELECT} WHERE person_id = $1`, [personId]);
    if (!row) throw personUnknown();
    return shown(row);
  }
}

function shown({ personId, askedAt, parts, doneAt }: Row): Erasure {
  return {
    personId,
    askedAt: askedAt.toISOString(),
    parts: PARTS.map((part) => {
      const look = parts[part];
      return {
        part,
        state: look && look.left.length === 0 ? 'verified' : 'pending',
        checkedAt: look?.checkedAt ?? null,
        left: look?.left ?? [],
      };
    }),
    doneAt: doneAt?.toISOString() ?? null,
  };
}

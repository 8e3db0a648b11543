import { Injectable } from '@nestjs/common';
import { event, PersonRecorded } from '#libs/contracts';
import { type Language, newId, scriptFold } from '#libs/kernel';
import { Outbox } from '#libs/messaging';
import { Database, type Tx } from '#libs/persistence';

export interface PersonToRecord {
  email: string;
  name?: string;
  language: Language;
}

interface PersonRow {
  id: string;
  email: string;
  name: string;
  language: Language;
  version: number;
}

/** One address is one person, however it is written. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** The only way in which a person comes to be. Told to the other services in the same transaction. */
@Injectable()
export class RecordPerson {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /** Answers the person's id; the same for the same address. A name is kept when there was none. */
  execute(person: PersonToRecord): Promise<string> {
    return this.database.transaction((tx) => this.within(tx, person));
  }

  async within(tx: Tx, { email, name, language }: PersonToRecord): Promise<string> {
    const address = normaliseEmail(email);
    const [made] = await tx.query<PersonRow[]>(
      `INSERT INTO person (id, email, name, language, search_name) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (email) DO NOTHING RETURNING id, email, name, language, version`,
      [newId(), address, name ?? '', language, scriptFold(name ?? '')],
    );
    if (made) return this.tell(tx, made);
    const [known] = await tx.query<PersonRow[]>(
      'SELECT id, email, name, language, version FROM person WHERE email = $1 FOR UPDATE',
      [address],
    );
    if (!known) throw new Error('the person was erased at the same moment');
    if (!name || known.name !== '') return known.id;
    await tx.query(
      'UPDATE person SET name = $2, search_name = $3, version = version + 1, updated_at = now() WHERE id = $1',
      [known.id, name, scriptFold(name)],
    );
    return this.tell(tx, { ...known, name, version: known.version + 1 });
  }

  private async tell(tx: Tx, { id, email, name, language, version }: PersonRow): Promise<string> {
    const data = { personId: id, email, name: name || null, language };
    await this.outbox.append(tx, event(PersonRecorded, { aggregate: id, version, data }));
    return id;
  }
}

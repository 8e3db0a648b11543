import { Inject, Injectable } from '@nestjs/common';
import type { Language } from '#libs/kernel';
import { Database } from '#libs/persistence';
import type { Role } from '#libs/service-defaults';
import type { Auth } from './auth.js';
import { AUTH } from './auth.token.js';
import { RecordPerson } from './record-person.js';
import { Sessions } from './sessions.js';

export interface StaffToCreate {
  email: string;
  password: string;
  name: string;
  language: Language;
  /** In every edition. */
  roles: Role[];
}

/** A member of staff: a person with a password and roles. Doing it again changes neither. */
@Injectable()
export class CreateStaff {
  constructor(
    private readonly database: Database,
    private readonly recordPerson: RecordPerson,
    private readonly sessions: Sessions,
    @Inject(AUTH) private readonly auth: Auth,
  ) {}

  async execute({ email, password, name, language, roles }: StaffToCreate): Promise<string> {
    const id = await this.recordPerson.execute({ email, name, language });
    const { internalAdapter, password: passwords } = await this.auth.$context;
    const accounts = await internalAdapter.findAccounts(id);
    if (!accounts.some((account) => account.providerId === 'credential')) {
      const hash = await passwords.hash(password);
      await internalAdapter.linkAccount({ userId: id, accountId: id, providerId: 'credential', password: hash });
    }
    await this.database.transaction(async (tx) => {
      await tx.query('UPDATE person SET email_verified = true WHERE id = $1', [id]);
      await tx.query('INSERT INTO person_role (person_id, role) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING', [
        id,
        roles,
      ]);
    });
    this.sessions.forgetPerson(id);
    return id;
  }
}

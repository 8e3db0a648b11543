import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { InviteStaff, StaffInvited, StaffMember, StaffRole } from '#libs/contracts';
import { newCode } from '#libs/kernel';
import { Database, type Tx } from '#libs/persistence';
import { SETTINGS } from '#libs/service-defaults';
import type { Auth } from '../people/auth.js';
import { AUTH } from '../people/auth.token.js';
import { linkUsedUp } from '../people/people.refusals.js';
import { RecordPerson } from '../people/record-person.js';
import { Sessions } from '../people/sessions.js';
import type { GatewaySettings } from '../settings.js';
import { StaffQueries } from './staff.queries.js';
import { lastAdmin, passwordTooCommon, staffKnown } from './staff.refusals.js';
import { isTooSimple, leavesAdmin } from './staff.rules.js';

const LINK_HOURS = 72;
/** Two admins who take each other's role away at once would leave nobody. */
const ROLES_LOCK = 7_204_001;

const hash = (token: string) => createHash('sha256').update(token).digest('base64url');

/** Who works here and what they may do: every change is one transaction with its audit entry. */
@Injectable()
export class ManageStaff {
  constructor(
    private readonly database: Database,
    private readonly people: RecordPerson,
    private readonly staff: StaffQueries,
    private readonly sessions: Sessions,
    @Inject(AUTH) private readonly auth: Auth,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  /** @throws staff-known for somebody who has roles */
  async invite(actor: string, body: InviteStaff): Promise<StaffInvited> {
    const made = await this.database.transaction(async (tx) => {
      const id = await this.people.within(tx, body);
      const roles = await tx.query<unknown[]>('SELECT 1 FROM person_role WHERE person_id = $1', [id]);
      if (roles.length > 0) throw staffKnown();
      await this.writeRoles(tx, actor, id, body.roles);
      return { id, ...(await this.link(tx, id)) };
    });
    return this.invited(made);
  }

  /** A new link to choose a password; the one before it no longer works. */
  async renewLink(actor: string, id: string): Promise<StaffInvited> {
    await this.staff.one(id);
    const made = await this.database.transaction(async (tx) => {
      await this.note(tx, actor, 'staff.password-link', id, {});
      return { id, ...(await this.link(tx, id)) };
    });
    return this.invited(made);
  }

  /** @throws person-unknown, last-admin */
  async setRoles(actor: string, id: string, roles: StaffRole[]): Promise<StaffMember> {
    await this.staff.one(id);
    await this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [ROLES_LOCK]);
      const [others] = await tx.query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM person_role WHERE role = 'admin' AND edition_id IS NULL AND person_id <> $1`,
        [id],
      );
      if (!leavesAdmin(others!.n, roles)) throw lastAdmin();
      await tx.query('DELETE FROM person_role WHERE person_id = $1', [id]);
      await this.writeRoles(tx, actor, id, roles);
      // Without a role there is nothing to sign in to with a password.
      if (roles.length === 0) await tx.query('DELETE FROM person_session WHERE person_id = $1', [id]);
    });
    this.sessions.forgetPerson(id);
    return this.staff.one(id);
  }

  /** Every browser of the person is signed out. */
  async endSessions(actor: string, id: string): Promise<StaffMember> {
    await this.staff.one(id);
    await this.database.transaction(async (tx) => {
      await tx.query('DELETE FROM person_session WHERE person_id = $1', [id]);
      await this.note(tx, actor, 'staff.signed-out', id, {});
    });
    this.sessions.forgetPerson(id);
    return this.staff.one(id);
  }

  /** The holder of a link chooses a password; all sessions of before are over. @throws link-used-up, password-too-simple */
  async choosePassword(token: string, password: string): Promise<void> {
    const [link] = await this.database.query<{ id: string; email: string }>(
      `SELECT p.id, p.email FROM password_link l JOIN person p ON p.id = l.person_id
        WHERE l.token_hash = $1 AND l.expires_at > clock_timestamp()`,
      [hash(token)],
    );
    if (!link) throw linkUsedUp();
    if (isTooSimple(password, link.email)) throw passwordTooCommon();
    const { password: passwords } = await this.auth.$context;
    const hashed = await passwords.hash(password);
    await this.database.transaction(async (tx) => {
      const used = await tx.query<unknown[]>(
        'WITH used AS (DELETE FROM password_link WHERE token_hash = $1 RETURNING 1) SELECT 1 FROM used',
        [hash(token)],
      );
      if (used.length === 0) throw linkUsedUp();
      await tx.query(
        `WITH changed AS (
           UPDATE person_account SET password = $2, updated_at = now() WHERE person_id = $1 AND provider_id = 'credential' RETURNING 1)
         INSERT INTO person_account (id, person_id, account_id, provider_id, password, updated_at)
         SELECT gen_random_uuid()::text, $1, $1, 'credential', $2, now() WHERE NOT EXISTS (SELECT 1 FROM changed)`,
        [link.id, hashed],
      );
      await tx.query('UPDATE person SET email_verified = true WHERE id = $1', [link.id]);
      await tx.query('DELETE FROM person_session WHERE person_id = $1', [link.id]);
      await this.note(tx, link.id, 'staff.password-chosen', link.id, {});
    });
    this.sessions.forgetPerson(link.id);
  }

  private async writeRoles(tx: Tx, actor: string, id: string, roles: StaffRole[]): Promise<void> {
    for (const { role, editionId } of roles)
      await tx.query(
        'INSERT INTO person_role (person_id, role, edition_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [id, role, editionId],
      );
    await this.note(tx, actor, 'staff.roles', id, { roles });
  }

  private async link(tx: Tx, id: string): Promise<{ token: string; expiresAt: Date }> {
    const token = newCode(160);
    await tx.query('DELETE FROM password_link WHERE person_id = $1', [id]);
    const [made] = await tx.query<{ until: Date }[]>(
      `INSERT INTO password_link (token_hash, person_id, expires_at)
       VALUES ($1, $2, clock_timestamp() + make_interval(hours => $3)) RETURNING expires_at AS until`,
      [hash(token), id, LINK_HOURS],
    );
    return { token, expiresAt: made!.until };
  }

  private async invited(made: { id: string; token: string; expiresAt: Date }): Promise<StaffInvited> {
    this.sessions.forgetPerson(made.id);
    const link = new URL('/sign-in/password', this.settings.PUBLIC_URL);
    // In the fragment, so that no log of a request ever holds it.
    link.hash = made.token;
    return { member: await this.staff.one(made.id), link: link.href, expiresAt: made.expiresAt.toISOString() };
  }

  private async note(tx: Tx, actor: string, action: string, subject: string, facts: object): Promise<void> {
    await tx.query('INSERT INTO staff_audit (actor, action, subject, facts) VALUES ($1, $2, $3, $4)', [
      actor,
      action,
      subject,
      JSON.stringify(facts),
    ]);
  }
}

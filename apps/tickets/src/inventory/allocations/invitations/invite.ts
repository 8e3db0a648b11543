import { Inject, Injectable } from '@nestjs/common';
import {
  event,
  type InvitationList,
  InvitationMade,
  type InvitationRow,
  type MakeInvitationList,
} from '#libs/contracts';
import { type Language, newId } from '#libs/kernel';
import { Outbox, Relay } from '#libs/messaging';
import { Database } from '#libs/persistence';
import { type Caller, type CommonSettings, Idempotency, SETTINGS, ServiceClient } from '#libs/service-defaults';
import type { ScreeningFacts } from '../../../copies/programme-copy/programme-copy.js';
import { whereAndWhen } from '../../../copies/programme-copy/where-and-when.js';
import type { ClaimedSeat } from '../../seats/inventory.port.js';
import { ReconcileSeats } from '../../seats/reconcile-seats.js';
import { seatUnknown } from '../../seats/seat.refusals.js';
import { SeatMap } from '../../seats/seat-map.js';
import { callFunction } from '../../seats/sql-function.js';
import { PLACE_KEEPERS, requireRoleIn } from '../managers.js';
import { InvitationsQueries } from './invitations.queries.js';

const LANGUAGE: Language = 'ru';

type Invitee = MakeInvitationList['invitees'][number] & { id: string; personId: string | null };

/** Protocol's work: who is invited, and where they sit. */
@Injectable()
export class Invite {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly services: ServiceClient,
    private readonly outbox: Outbox,
    private readonly relay: Relay,
    private readonly invitations: InvitationsQueries,
    private readonly reconcile: ReconcileSeats,
    private readonly map: SeatMap,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  /** A list with its invitees. Those with an address get a mail; every personal link is in the answer. */
  async list(caller: Caller, screening: string, key: string, body: MakeInvitationList): Promise<InvitationList> {
    const facts = await this.invitations.facts(screening);
    requireRoleIn(caller, facts.data.editionId, PLACE_KEEPERS);
    const invitees: Invitee[] = [];
    for (const invitee of body.invitees)
      invitees.push({ ...invitee, id: newId(), personId: await this.personOf(invitee) });
    const call = { key, caller: caller.id, operation: 'make-invitation-list', body: { screening, ...body } };
    const { id } = await this.idempotency.once(call, async (tx) => {
      const made = newId();
      await tx.query(
        `INSERT INTO invitation_list (id, edition_id, screening_id, name, respond_by, made_by) VALUES ($1, $2, $3, $4, $5, $6)`,
        [made, facts.data.editionId, screening, body.name, body.respondBy, caller.id],
      );
      await tx.query(
        `INSERT INTO invitation (id, list_id, position, person_id, name, language, places)
         SELECT x.id, $1, x.position, x.person, x.name, x.language, x.places
           FROM jsonb_to_recordset($2::jsonb) AS x(id uuid, position int, person text, name text, language text, places int)`,
        [
          made,
          JSON.stringify(
            invitees.map((i, position) => ({ ...i, person: i.personId, language: i.language ?? LANGUAGE, position })),
          ),
        ],
      );
      await tx.query(
        `INSERT INTO audit_entry (actor, action, subject, facts) VALUES ($1, 'invitations.made', $2, $3)`,
        [caller.id, made, { screening, invitees: invitees.length }],
      );
      await this.outbox.append(
        tx,
        invitees.flatMap((i) => this.telling(i, facts, body.respondBy)),
      );
      return { id: made };
    });
    this.relay.wake();
    return (await this.invitations.ofScreening(screening)).find((one) => one.id === id)!;
  }

  /** Seats on the map, free ones or of a block; an empty list takes them back. */
  async seat(caller: Caller, id: string, seats: readonly string[]): Promise<InvitationRow> {
    const { screening, edition } = await this.invitations.one(id);
    requireRoleIn(caller, edition, PLACE_KEEPERS);
    const facts = await this.invitations.facts(screening);
    const unknown = seats.filter((seat) => !facts.seatById.has(seat));
    if (unknown.length > 0) throw seatUnknown({ seats: unknown });
    const changed = await this.database.transaction((tx) =>
      callFunction<{ claims: ClaimedSeat[]; freed: ClaimedSeat[] }>(tx, 'seat_invitation($1, $2, $3)', [
        id,
        seats,
        caller.id,
      ]),
    );
    await this.reconcile.tell('claimed', changed.claims);
    await this.reconcile.tell('freed', changed.freed);
    this.map.touch(screening);
    return this.invitations.row(await this.invitations.one(id));
  }

  private async personOf(invitee: MakeInvitationList['invitees'][number]): Promise<string | null> {
    if (!invitee.email) return null;
    const answer = await this.services.call('gateway', 'POST', `${this.settings.GATEWAY_URL}/internal/people`, {
      email: invitee.email,
      language: invitee.language ?? LANGUAGE,
      name: invitee.name,
    });
    const person = (answer.body as { personId?: unknown } | undefined)?.personId;
    return typeof person === 'string' ? person : null;
  }

  private telling(invitee: Invitee, facts: ScreeningFacts, respondBy: string) {
    if (!invitee.personId) return [];
    return [
      event(InvitationMade, {
        aggregate: invitee.id,
        version: 1,
        data: {
          invitationId: invitee.id,
          editionId: facts.data.editionId,
          personId: invitee.personId,
          language: invitee.language ?? LANGUAGE,
          ...whereAndWhen(facts),
          places: invitee.places,
          respondBy,
        },
      }),
    ];
  }
}

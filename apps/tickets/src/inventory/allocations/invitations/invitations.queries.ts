import { Inject, Injectable } from '@nestjs/common';
import type { Invitation, InvitationList, InvitationRow } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import { ProgrammeCopy, type ScreeningFacts } from '../../../copies/programme-copy/programme-copy.js';
import { whereAndWhen } from '../../../copies/programme-copy/where-and-when.js';
import type { TicketsSettings } from '../../../settings.js';
import { screeningUnknown } from '../../seats/seat.refusals.js';
import { invitationUnknown } from './invitation.refusals.js';
import { invitationKey, isInvitationKey } from './invitation-key.js';

export interface KnownInvitation {
  id: string;
  list: string;
  edition: string;
  screening: string;
  person: string | null;
  name: string | null;
  companions: string[];
  places: number;
  accepted: number;
  state: InvitationRow['state'];
  respondBy: Date;
  seats: string[];
}

const SELECT = `
  SELECT i.id, l.id AS list, l.edition_id AS edition, l.screening_id AS screening, i.person_id AS person, i.name, i.companions,
         i.places, i.accepted, i.state, l.respond_by AS "respondBy",
         ARRAY(SELECT seat_id FROM seat_claim WHERE owner_id = i.id ORDER BY line_no) AS seats
    FROM invitation i JOIN invitation_list l ON l.id = i.list_id`;

@Injectable()
export class InvitationsQueries {
  constructor(
    private readonly database: Database,
    private readonly programme: ProgrammeCopy,
    @Inject(SETTINGS) private readonly settings: TicketsSettings & CommonSettings,
  ) {}

  async one(id: string): Promise<KnownInvitation> {
    const [row] = await this.database.query<KnownInvitation>(`${SELECT} WHERE i.id = $1`, [id]);
    if (!row) throw invitationUnknown();
    return row;
  }

  /** For whoever has the personal link; for anybody else there is none. */
  async byKey(id: string, key: string): Promise<KnownInvitation> {
    if (!isInvitationKey(id, key, this.settings.TOKEN_SECRET)) throw invitationUnknown();
    return this.one(id);
  }

  async view(id: string, key: string): Promise<Invitation> {
    const row = await this.byKey(id, key);
    const facts = await this.facts(row.screening);
    return {
      id: row.id,
      ...whereAndWhen(facts),
      name: row.name,
      places: row.places,
      accepted: row.accepted,
      companions: row.companions,
      state: row.state,
      respondBy: row.respondBy.toISOString(),
      seats: row.seats.map((seat) => ({
        row: facts.seatById.get(seat)?.row ?? '',
        seat: facts.seatById.get(seat)?.number ?? seat,
      })),
    };
  }

  async ofScreening(screening: string): Promise<InvitationList[]> {
    const lists = await this.database.query<{ id: string; name: string; respondBy: Date }>(
      'SELECT id, name, respond_by AS "respondBy" FROM invitation_list WHERE screening_id = $1 ORDER BY made_at, id',
      [screening],
    );
    const rows = await this.database.query<KnownInvitation>(`${SELECT} WHERE l.screening_id = $1 ORDER BY i.position`, [
      screening,
    ]);
    return lists.map((list) => ({
      id: list.id,
      screeningId: screening,
      name: list.name,
      respondBy: list.respondBy.toISOString(),
      invitations: rows.filter((row) => row.list === list.id).map((row) => this.row(row)),
    }));
  }

  row(row: KnownInvitation): InvitationRow {
    const { id, name, places, accepted, companions, state, seats } = row;
    return { id, name, places, accepted, companions, state, seats, link: this.link(id) };
  }

  link(id: string): string {
    return `${this.settings.PUBLIC_URL}/invitations/${id}?key=${invitationKey(id, this.settings.TOKEN_SECRET)}`;
  }

  async facts(screening: string): Promise<ScreeningFacts> {
    const facts = await this.programme.screening(screening);
    if (!facts) throw screeningUnknown({ screening });
    return facts;
  }
}

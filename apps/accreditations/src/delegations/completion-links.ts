import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CompletionOpened, MemberWords } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import { Editions } from '../editions/editions.js';
import type { AccreditationsSettings } from '../settings.js';
import { completionLinkOver, memberUnknown } from './delegation.refusals.js';

interface Member {
  round: number;
  edition: string;
  until: Date;
  openedAt: Date | null;
  personId: string;
  applicationId: string;
  delegation: string | null;
}

/**
 * Links by which an invited person gets to the own application. A link is the keyed hash of member and round: the same
 * mail sent twice carries the same link, and nothing that opens it is kept. It works once and ends with its round.
 */
@Injectable()
export class CompletionLinks {
  private readonly key: Buffer;

  constructor(
    private readonly database: Database,
    private readonly editions: Editions,
    @Inject(SETTINGS) private readonly settings: AccreditationsSettings & CommonSettings,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', settings.DATA_KEY, 'seans', 'accreditations/completion-links', 32));
  }

  /** @throws member-unknown, completion-link-over when the member has used the link */
  async words(memberId: string): Promise<MemberWords> {
    const member = await this.member(memberId);
    if (!member) throw memberUnknown();
    if (member.openedAt) throw completionLinkOver();
    return {
      // Behind the #, where no log and no referrer sees it.
      link: `${this.settings.PUBLIC_URL}/accreditation/complete#${memberId}.${this.secret(memberId, member.round)}`,
      delegation: member.delegation,
      until: member.until.toISOString(),
    };
  }

  /** Whose application the link opens; the same refusal for a wrong, an old and a used link. @throws completion-link-over */
  async open(token: string): Promise<CompletionOpened> {
    const [memberId = '', secret = ''] = token.split('.');
    const member = isId(memberId) ? await this.member(memberId) : undefined;
    const right = this.secret(memberId, member?.round ?? 0);
    if (!timingSafeEqual(Buffer.from(right), Buffer.from(secret)) || !member) throw completionLinkOver();
    if (member.until < (await this.editions.now(member.edition))) throw completionLinkOver();
    const [opened] = await this.database.hot<{ id: string }>(
      'open-completion',
      `UPDATE delegation_member SET opened_at = clock_timestamp() WHERE id = $1 AND round = $2 AND opened_at IS NULL RETURNING id`,
      [memberId, member.round],
    );
    if (!opened) throw completionLinkOver();
    return { personId: member.personId, applicationId: member.applicationId };
  }

  /** 192 bits in base64url. */
  private secret(memberId: string, round: number): string {
    return createHmac('sha256', this.key).update(`${memberId}/${round}`).digest('base64url').slice(0, 32);
  }

  private async member(id: string): Promise<Member | undefined> {
    const [row] = await this.database.query<Member>(
      `SELECT m.round, m.edition_id AS edition, m.link_until AS until, m.opened_at AS "openedAt", m.person_id AS "personId",
              m.application_id AS "applicationId", d.name AS delegation
         FROM delegation_member m LEFT JOIN delegation d ON d.id = m.delegation_id WHERE m.id = $1`,
      [id],
    );
    return row;
  }
}

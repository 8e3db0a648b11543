import { Inject, Injectable } from '@nestjs/common';
import type { ApplicationWords, BadgeDocuments, MemberWords } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { type CommonSettings, SETTINGS, ServiceClient } from '#libs/service-defaults';
import type { LetterFacts } from '../letters/letter.rules.js';
import type { Attachment } from './mail-carrier.js';
import type { DueDelivery } from './take-due.js';

interface OrderDocuments {
  orderNumber: string;
  pdf: string;
  ics: string;
  link: string;
}

export interface Documents {
  attachments: Attachment[];
  facts: LetterFacts;
}

/** The owner of the documents says that there are none (any more): an ended badge, an unknown order. */
export class DocumentsGone extends Error {}

const DOCUMENTS_TIMEOUT_MS = 10_000;
const CALENDAR = 'text/calendar; charset=utf-8; method=PUBLISH';

/** Fetches what a mail carries from its owner, at the moment of sending: no credential waits anywhere for it. */
@Injectable()
export class FetchDocuments {
  constructor(
    private readonly services: ServiceClient,
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  async execute(delivery: DueDelivery): Promise<Documents> {
    const { key } = delivery;
    switch (delivery.attachments) {
      case 'none':
        return { attachments: [], facts: { link: this.settings.PUBLIC_URL } };
      case 'order':
        return this.tickets(`orders/${key}`);
      case 'ticket':
        return this.tickets(`tickets/${key}`);
      case 'visit':
      case 'reminder':
        return this.visit(delivery);
      case 'invitation':
      case 'offer':
        return this.linkOnly(`${delivery.attachments}s/${key}`);
      case 'badge':
        return this.badge(key);
      case 'application':
        return this.words(delivery);
      case 'member':
        return this.member(key);
      case 'digest':
        return this.gathered(delivery);
    }
  }

  /** The entries of a calendar with the UIDs that they always had. */
  private async visit({ key, language, attachments: kind }: DueDelivery): Promise<Documents> {
    const ics = await this.calendar(key, language);
    // Whoever holds nothing there any more is not reminded of it.
    if (kind === 'reminder' && !/^STATUS:CONFIRMED/m.test(ics)) throw new DocumentsGone('visit-over');
    return {
      facts: { link: `${this.settings.PUBLIC_URL}/tickets` },
      attachments: kind === 'reminder' ? [] : [{ filename: 'screening.ics', content: ics, contentType: CALENDAR }],
    };
  }

  private async calendar(key: string, language: string): Promise<string> {
    const address = `${this.settings.TICKETS_URL}/internal/visits/${key}/calendar?language=${language}`;
    return (await this.get<{ ics: string }>('tickets', address)).ics;
  }

  /** What a digest gathers, and the calendar entries that its letters would have carried. */
  private async gathered({ id, language }: DueDelivery): Promise<Documents> {
    const rows = await this.database.query<{ template: string; data: unknown; key: string; attachments: string }>(
      'SELECT template, data, key, attachments FROM delivery WHERE digest_id = $1 ORDER BY queued_at, id',
      [id],
    );
    const visits = [...new Set(rows.filter((row) => row.attachments === 'visit').map(({ key }) => key))];
    const calendars = await Promise.all(visits.map((key) => this.calendar(key, language)));
    return {
      facts: { link: this.settings.PUBLIC_URL, gathered: rows.map(({ template, data }) => ({ template, data })) },
      attachments: calendars.map((content, n) => ({
        filename: `screening-${n + 1}.ics`,
        content,
        contentType: CALENDAR,
      })),
    };
  }

  /** A personal link; nothing hangs on the mail. */
  private async linkOnly(of: string): Promise<Documents> {
    const address = `${this.settings.TICKETS_URL}/internal/${of}/documents`;
    const { link } = await this.get<{ link: string }>('tickets', address);
    return { attachments: [], facts: { link } };
  }

  private async tickets(of: string): Promise<Documents> {
    const address = `${this.settings.TICKETS_URL}/internal/${of}/documents`;
    const { orderNumber, pdf, ics, link } = await this.get<OrderDocuments>('tickets', address);
    return {
      facts: { link },
      attachments: [
        { filename: `tickets-${orderNumber}.pdf`, content: Buffer.from(pdf, 'base64'), contentType: 'application/pdf' },
        { filename: `tickets-${orderNumber}.ics`, content: ics, contentType: CALENDAR },
      ],
    };
  }

  private async badge(id: string): Promise<Documents> {
    const address = `${this.settings.ACCREDITATIONS_URL}/internal/badges/${id}/documents`;
    const { pdf, link, shortCode } = await this.get<BadgeDocuments>('accreditations', address);
    const filename = `badge-${shortCode.replace(/\s/g, '')}.pdf`;
    return {
      facts: { link, shortCode },
      attachments: [{ filename, content: Buffer.from(pdf, 'base64'), contentType: 'application/pdf' }],
    };
  }

  /** What an officer wrote never travels in a fact. Where nothing is kept of it, the letter is worth sending all the same. */
  private async words({ key, version }: DueDelivery): Promise<Documents> {
    const address = `${this.settings.ACCREDITATIONS_URL}/internal/applications/${key}/words?version=${version ?? 1}`;
    try {
      const { message, reason, link, dueAt } = await this.get<ApplicationWords>('accreditations', address);
      return { attachments: [], facts: { link, message, reason, dueAt } };
    } catch (error) {
      if (!(error instanceof DocumentsGone)) throw error;
      return { attachments: [], facts: { link: this.settings.PUBLIC_URL } };
    }
  }

  private async member(id: string): Promise<Documents> {
    const address = `${this.settings.ACCREDITATIONS_URL}/internal/delegation-members/${id}/words`;
    const { link, delegation, until } = await this.get<MemberWords>('accreditations', address);
    return { attachments: [], facts: { link, delegation: delegation ?? undefined, dueAt: until } };
  }

  private async get<T>(service: string, address: string): Promise<T> {
    const answer = await this.services.call(service, 'GET', address, undefined, { timeoutMs: DOCUMENTS_TIMEOUT_MS });
    if (answer.status === 404 || answer.status === 410) throw new DocumentsGone('documents-gone');
    if (answer.status !== 200) throw new Error(`documents-${answer.status}`);
    return answer.body as T;
  }
}

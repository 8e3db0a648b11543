import { Inject, Injectable } from '@nestjs/common';
import type { BadgeDocuments } from '#libs/contracts';
import type { Language } from '#libs/kernel';
import { type CommonSettings, SETTINGS, ServiceClient } from '#libs/service-defaults';
import type { LetterFacts } from '../letters/letter.rules.js';
import type { Attachments } from '../triggers/trigger.rules.js';
import type { Attachment } from './mail-carrier.js';

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

/** Fetches what a mail carries from its owner, at the moment of sending: no credential waits anywhere for it. */
@Injectable()
export class FetchDocuments {
  constructor(
    private readonly services: ServiceClient,
    @Inject(SETTINGS) private readonly settings: CommonSettings,
  ) {}

  async execute(kind: Attachments, key: string, language: Language): Promise<Documents> {
    if (kind === 'none') return { attachments: [], facts: { link: this.settings.PUBLIC_URL } };
    if (kind === 'order') return this.tickets(`orders/${key}`);
    if (kind === 'ticket') return this.tickets(`tickets/${key}`);
    if (kind === 'visit') return this.visit(key, language);
    if (kind === 'invitation' || kind === 'offer') return this.linkOnly(`${kind}s/${key}`);
    return this.badge(key);
  }

  /** The entries of a calendar with the UIDs that they always had. */
  private async visit(key: string, language: Language): Promise<Documents> {
    const address = `${this.settings.TICKETS_URL}/internal/visits/${key}/calendar?language=${language}`;
    const { ics } = await this.get<{ ics: string }>('tickets', address);
    const contentType = 'text/calendar; charset=utf-8; method=PUBLISH';
    return {
      facts: { link: `${this.settings.PUBLIC_URL}/tickets` },
      attachments: [{ filename: 'screening.ics', content: ics, contentType }],
    };
  }

  /** A personal link; nothing hangs on the mail. */
  private async linkOnly(of: string): Promise<Documents> {
    const { link } = await this.get<{ link: string }>(
      'tickets',
      `${this.settings.TICKETS_URL}/internal/${of}/documents`,
    );
    return { attachments: [], facts: { link } };
  }

  private async tickets(of: string): Promise<Documents> {
    const address = `${this.settings.TICKETS_URL}/internal/${of}/documents`;
    const { orderNumber, pdf, ics, link } = await this.get<OrderDocuments>('tickets', address);
    return {
      facts: { link },
      attachments: [
        { filename: `tickets-${orderNumber}.pdf`, content: Buffer.from(pdf, 'base64'), contentType: 'application/pdf' },
        {
          filename: `tickets-${orderNumber}.ics`,
          content: ics,
          contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
        },
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

  private async get<T>(service: string, address: string): Promise<T> {
    const answer = await this.services.call(service, 'GET', address, undefined, { timeoutMs: DOCUMENTS_TIMEOUT_MS });
    if (answer.status === 404 || answer.status === 410) throw new DocumentsGone('documents-gone');
    if (answer.status !== 200) throw new Error(`documents-${answer.status}`);
    return answer.body as T;
  }
}

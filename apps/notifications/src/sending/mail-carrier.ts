import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import type { NotificationsSettings } from '../settings.js';
import { CarrierBusy, CarrierRefused } from './carrier.js';
import { returnPath } from './return-path.rules.js';

export interface Attachment {
  filename: string;
  content: Buffer | string;
  contentType: string;
}

export interface Mail {
  /** The delivery's: a mail sent twice by accident is one to whoever compares Message-IDs. */
  id: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  language: string;
  /** Where one POST leaves letters of this kind. */
  unsubscribe?: string;
  /** An earlier try may have been taken. */
  maybeRepeated: boolean;
  attachments: Attachment[];
}

/** Kept connections; as many mails are under way at once. */
const CONNECTIONS = 5;

/** "5.1.1" out of what a mail server says: its words may quote an address and are kept nowhere. */
function enhancedStatus(words: unknown): string | undefined {
  return typeof words === 'string' ? /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[0] : undefined;
}

/** Hands mails to the mail server over kept connections. */
@Injectable()
export class MailCarrier implements OnApplicationShutdown {
  private readonly transport;
  private readonly host: string;

  constructor(@Inject(SETTINGS) private readonly settings: CommonSettings & NotificationsSettings) {
    this.transport = createTransport({
      url: settings.SMTP_URL,
      pool: true,
      maxConnections: CONNECTIONS,
      maxMessages: Number.POSITIVE_INFINITY,
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.host = new URL(settings.PUBLIC_URL).hostname;
  }

  /**
   * @throws {CarrierRefused} on a 5xx answer; {CarrierBusy} on a 4xx one; anything else is worth another try, too
   */
  async carry(mail: Mail): Promise<void> {
    const { BOUNCE_DOMAIN: domain, MAIL_TOKEN_KEY: key } = this.settings;
    try {
      await this.transport.sendMail({
        messageId: `<${mail.id}@${this.host}>`,
        from: this.settings.MAIL_FROM,
        to: mail.to,
        ...(domain && { envelope: { from: returnPath(mail.id, domain, key), to: mail.to } }),
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          'Content-Language': mail.language,
          ...(mail.unsubscribe && {
            'List-Unsubscribe': `<${mail.unsubscribe}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
          ...(mail.maybeRepeated && { 'X-Seans-Repeat': 'maybe' }),
        },
        attachments: mail.attachments,
      });
    } catch (error) {
      const said = typeof error === 'object' && error !== null ? error : {};
      const code = 'responseCode' in said ? Number(said.responseCode) : 0;
      const status = 'response' in said ? enhancedStatus(said.response) : undefined;
      if (code >= 500 && code < 600) throw new CarrierRefused(`smtp-${code}`, status);
      if (code >= 400) throw new CarrierBusy(`smtp-${code}`);
      throw error;
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

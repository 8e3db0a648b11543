import type { Readable } from 'node:stream';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { type CommonSettings, SETTINGS } from '#libs/service-defaults';
import type { NotificationsSettings } from '../settings.js';
import { CarrierBusy, CarrierRefused, CarrierUnclear, codeOf } from './carrier.js';
import { returnPath } from './return-path.rules.js';
import { Slots } from './slots.js';

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
/** However slowly a server answers, a try ends while it is still ours. */
const LONGEST_MS = 45_000;
/** What these answer is about the recipient or the mail; any other refusal is about us or the server of today. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA']);

/** "5.1.1" out of what a mail server says: its words may quote an address and are kept nowhere. */
function enhancedStatus(words: unknown): string | undefined {
  return typeof words === 'string' ? /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(words)?.[0] : undefined;
}

/** Hands mails to the mail server over kept connections. */
@Injectable()
export class MailCarrier implements OnApplicationShutdown {
  private readonly transport;
  private readonly host: string;
  /** A mail waits here and not inside of the connections' own queue, which knows neither urgency nor whose try it is. */
  private readonly slots = new Slots(CONNECTIONS);
  /** The bytes of each mail under way, by Message-ID. */
  private readonly contents = new Map<string, Readable>();

  constructor(@Inject(SETTINGS) private readonly settings: CommonSettings & NotificationsSettings) {
    this.transport = createTransport({
      url: settings.SMTP_URL,
      pool: true,
      maxConnections: CONNECTIONS,
      maxMessages: Number.POSITIVE_INFINITY,
      maxRequeues: 1,
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.transport.use('stream', (mail, done) => {
      mail.message.processFunc((content) => {
        this.contents.set(mail.message.messageId(), content);
        return content;
      });
      done();
    });
    this.host = new URL(settings.PUBLIC_URL).hostname;
  }

  /** Does `work` once a connection is free for it, the most urgent first. */
  whenFree<T>(priority: number, work: () => Promise<T>): Promise<T> {
    return this.slots.run(priority, work);
  }

  /**
   * @throws {CarrierRefused} on a 5xx answer to the recipient or the message; {CarrierUnclear} when the message went over and
   * no answer came; {CarrierBusy} on anything else
   */
  async carry(mail: Mail): Promise<void> {
    const { BOUNCE_DOMAIN: domain, MAIL_TOKEN_KEY: key } = this.settings;
    const messageId = `<${mail.id}@${this.host}>`;
    try {
      await this.transport.sendMail({
        messageId,
        signal: AbortSignal.timeout(LONGEST_MS),
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
      const aboutTheMail = 'command' in said && ABOUT_THE_MAIL.has(String(said.command));
      const status = 'response' in said ? enhancedStatus(said.response) : undefined;
      if (code >= 500 && aboutTheMail) throw new CarrierRefused(`smtp-${code}`, status);
      if (code >= 400) throw new CarrierBusy(`smtp-${code}`);
      throw this.contents.get(messageId)?.readableDidRead
        ? new CarrierUnclear(codeOf(error))
        : new CarrierBusy(codeOf(error));
    } finally {
      this.contents.delete(messageId);
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { type CommonSettings, SETTINGS, type SettingsOf } from '#libs/service-defaults';
import type { notificationsSettings } from '../settings.js';

type Settings = CommonSettings & SettingsOf<typeof notificationsSettings>;

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
  attachments: Attachment[];
}

/** The mail server said no for good: trying again would only annoy it. */
export class MailRefused extends Error {}

const CONNECTIONS = 3;

/** Hands mails to the mail server over kept connections. */
@Injectable()
export class MailCarrier implements OnApplicationShutdown {
  private readonly transport;
  private readonly host: string;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    this.transport = createTransport({
      url: settings.SMTP_URL,
      pool: true,
      maxConnections: CONNECTIONS,
      connectionTimeout: 5_000,
      greetingTimeout: 5_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    this.host = new URL(settings.PUBLIC_URL).hostname;
  }

  /** @throws {MailRefused} on a 5xx answer; anything else is worth another try */
  async carry(mail: Mail): Promise<void> {
    try {
      await this.transport.sendMail({
        messageId: `<${mail.id}@${this.host}>`,
        from: this.settings.MAIL_FROM,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        headers: {
          'Auto-Submitted': 'auto-generated',
          'X-Auto-Response-Suppress': 'All',
          'Content-Language': mail.language,
        },
        attachments: mail.attachments,
      });
    } catch (error) {
      const code =
        typeof error === 'object' && error !== null && 'responseCode' in error ? Number(error.responseCode) : 0;
      if (code >= 500 && code < 600) throw new MailRefused(`smtp-${code}`);
      throw error;
    }
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }
}

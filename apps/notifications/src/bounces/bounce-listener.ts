import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { SMTPServer, SMTPServerDataStream } from 'smtp-server';
import { type CommonSettings, Health, LOGGER, SETTINGS } from '#libs/service-defaults';
import { deliveryOf } from '../sending/return-path.rules.js';
import type { NotificationsSettings } from '../settings.js';
import { kindOf, readDeliveryStatus } from './bounce.rules.js';
import { RecordBounce } from './record-bounce.js';

/** A report may quote the whole mail with its PDF. */
const LARGEST = 12 * 1024 * 1024;
/** The part of it that a program reads, about one recipient, is a few hundred bytes. */
const LARGEST_REPORT = 32 * 1024;

/** Takes by SMTP what comes back to the return paths of our mails; an address that we did not make is no address here. */
@Injectable()
export class BounceListener implements OnApplicationBootstrap, OnApplicationShutdown {
  private server?: SMTPServer;
  /** Where it listens; for specs that let the system choose. */
  port = 0;

  constructor(
    private readonly bounces: RecordBounce,
    health: Health,
    @Inject(SETTINGS) private readonly settings: CommonSettings & NotificationsSettings,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    if (settings.BOUNCE_PORT !== undefined) health.addPart(() => ({ name: 'bounces', ok: this.port > 0 }));
  }

  async onApplicationBootstrap(): Promise<void> {
    const { BOUNCE_PORT: port, BOUNCE_DOMAIN: domain, MAIL_TOKEN_KEY: key } = this.settings;
    if (port === undefined || domain === undefined) return;
    // Loaded where somebody listens, and nowhere else.
    const { SMTPServer: Server } = await import('smtp-server');
    const server = new Server({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      size: LARGEST,
      maxClients: 20,
      socketTimeout: 30_000,
      onRcptTo: ({ address }, _session, callback) =>
        callback(
          deliveryOf(address, domain, key) ? null : Object.assign(new Error('no such mailbox'), { responseCode: 550 }),
        ),
      onData: (stream, session, callback) => {
        const mails = session.envelope.rcptTo.flatMap(({ address }) => deliveryOf(address, domain, key) ?? []);
        this.take(stream, mails).then(
          () => callback(),
          (error: unknown) => {
            this.logger.warn({ err: error }, 'a returned mail waits');
            callback(Object.assign(new Error('try again later'), { responseCode: 451 }));
          },
        );
      },
    });
    server.on('error', (error) => this.logger.warn({ err: error }, 'the listener for returned mails'));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(port, this.settings.HOST, () => resolve());
    });
    const address = server.server.address();
    this.port = typeof address === 'object' && address ? address.port : port;
  }

  /** Automatic answers ("I am on holiday") come to the same address: without a report they mean nothing. */
  private async take(stream: SMTPServerDataStream, mails: string[]): Promise<void> {
    const { simpleParser } = await import('mailparser');
    const mail = await simpleParser(stream, {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      keepDeliveryStatus: true,
    });
    if (stream.sizeExceeded) return;
    const report = mail.attachments.find(({ contentType }) => contentType === 'message/delivery-status');
    if (!report || report.content.length > LARGEST_REPORT) return;
    // Each mail of ours goes to one recipient: a report about several is read no further than its first.
    const [reported] = readDeliveryStatus(report.content.toString());
    const kind = reported && kindOf(reported);
    if (!kind) return;
    const { status, recipients } = reported;
    for (const deliveryId of new Set(mails)) await this.bounces.execute({ deliveryId, kind, status, recipients });
  }

  async onApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}

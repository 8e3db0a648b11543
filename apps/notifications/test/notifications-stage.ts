import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { type Attachment, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Topic } from '#libs/contracts';
import { type Envelope, Hearing } from '#libs/messaging';
import { openService, publicKeyOf, type RunningService, TokenSigner } from '#libs/service-defaults';
import { eventually, type TestDatabase, testDatabase } from '#libs/testing';
import { notificationsDatabase } from '../src/database.js';
import { DELIVERY_CYCLE } from '../src/deliveries/delivery.rules.js';
import { notificationsService } from '../src/service.js';

export interface ArrivedMail {
  messageId: string;
  /** The envelope's sender: where it returns to. */
  from: string;
  to: string;
  headers: Map<string, string>;
  subject: string;
  text: string;
  html: string;
  attachments: Attachment[];
}

/** A real SMTP server that keeps what it takes; `answer` lets a spec make it refuse. */
export class Sink {
  readonly mails: ArrivedMail[] = [];
  answer: () => Error | undefined = () => undefined;
  /** Before the answer to a mail: a slow server. */
  slow?: (to: string) => Promise<void>;
  /** Takes the next mail and is gone before it says so. */
  cut = false;
  private constructor(
    private readonly server: SMTPServer,
    readonly url: string,
  ) {}

  static async open(): Promise<Sink> {
    let sink: Sink | undefined;
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, callback) => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(',');
        simpleParser(stream)
          .then(async (mail) => {
            await sink?.slow?.(to);
            const no = sink?.answer();
            if (no) return callback(no);
            sink?.mails.push({
              messageId: mail.messageId ?? '',
              from: (session.envelope.mailFrom || { address: '' }).address,
              headers: new Map(mail.headerLines.map(({ key, line }) => [key, line.slice(key.length + 1).trim()])),
              to,
              subject: mail.subject ?? '',
              text: mail.text ?? '',
              html: mail.html || '',
              attachments: mail.attachments,
            });
            if (sink?.cut) {
              sink.cut = false;
              for (const socket of sockets) socket.destroy();
            }
            callback();
          })
          .catch(callback);
      },
    });
    const sockets = new Set<Socket>();
    server.server.on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.server.address() as AddressInfo).port));
    });
    sink = new Sink(server, `smtp://127.0.0.1:${port}`);
    return sink;
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Tickets and accreditations, as far as a mail asks them for documents. */
export class Owners {
  readonly asked: string[] = [];
  answer: (path: string) => { status: number; body: unknown } = (path) => ({
    status: 200,
    body:
      path.includes('/orders/') || path.includes('/tickets/')
        ? {
            orderNumber: 'K7QF-2M9T',
            pdf: pdf('tickets'),
            ics: 'BEGIN:VCALENDAR',
            link: 'http://127.0.0.1:8080/orders/x',
          }
        : path.includes('/visits/')
          ? { ics: 'BEGIN:VCALENDAR\r\nSTATUS:CONFIRMED\r\n' }
          : path.includes('/words')
            ? {
                link: 'http://127.0.0.1:8080/accreditation/x?k=s3cr3t',
                message: 'Bring the letter of your editor.',
                reason: 'One per outlet.',
              }
            : { pdf: pdf('badge'), link: 'http://127.0.0.1:8080/accreditation', shortCode: 'K7Q4 MX9D' },
  });
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Owners> {
    let owners: Owners | undefined;
    const server = createServer((request, response) => {
      owners?.asked.push(request.url ?? '');
      const { status, body } = owners?.answer(request.url ?? '') ?? { status: 500, body: {} };
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    });
    owners = new Owners(server, `http://127.0.0.1:${port}`);
    return owners;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

function pdf(text: string): string {
  return Buffer.from(`%PDF-1.7 ${text}`).toString('base64');
}

/** A golden example as if it were told now: what is old is written down and never sent. */
export function golden(type: string): Envelope {
  const file = join(__dirname, `../../../libs/contracts/examples/${type}.json`);
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as Envelope), time: new Date().toISOString() };
}

export const STAFF = '019d2c3e-0000-7000-8000-0000000000ff';
/** Whom the golden examples are about. */
export const AIGERIM = '019d2c3e-0000-7000-8000-0000000000a1';

/** Writes down each step of a delivery that its life cycle has not; what a spec itself puts in flight is its own affair. */
async function watchSteps({ database }: TestDatabase): Promise<void> {
  const steps = Object.entries(DELIVERY_CYCLE).flatMap(([was, next]) =>
    next.map((became) => `('${was}', '${became}')`),
  );
  await database.query(`
    CREATE TABLE stray_step (was text, became text);
    CREATE FUNCTION watch_step() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (OLD.state, NEW.state) NOT IN (VALUES ('awaiting-contact', 'in-flight'), ${steps.join(', ')}) THEN
        INSERT INTO stray_step VALUES (OLD.state, NEW.state);
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER watch_step AFTER UPDATE ON delivery FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION watch_step()`);
}

/** Every table that a test fills. */
const KEPT = `inbox, delivery, delivery_attempt, bounce, suppression, contact, preference, link_code, note, note_count,
  visit_hold, screening_copy, edition_copy, dead_letter, parked_key, idempotency`;

/** The running service, its database, and the world around it. */
export class Stage {
  private constructor(
    readonly db: TestDatabase,
    readonly sink: Sink,
    readonly owners: Owners,
    readonly service: RunningService,
    private readonly env: Record<string, string>,
    private readonly signer: TokenSigner,
  ) {}

  static async open(env: Record<string, string> = {}): Promise<Stage> {
    const [db, sink, owners] = await Promise.all([
      testDatabase('notifications', notificationsDatabase),
      Sink.open(),
      Owners.open(),
    ]);
    const key = generateKeyPairSync('ed25519').privateKey;
    const jwk = { ...publicKeyOf(key).export({ format: 'jwk' }), kid: 'gateway-1', alg: 'EdDSA' };
    const settings = {
      SEANS_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: db.url,
      // Other services are played by golden events; no broker answers here.
      KAFKA_BROKERS: '127.0.0.1:1',
      SMTP_URL: sink.url,
      REHEARSAL_MAIL: 'crew.example',
      TICKETS_URL: owners.url,
      ACCREDITATIONS_URL: owners.url,
      TRUSTED_KEYS: JSON.stringify({ keys: [jwk] }),
      ...env,
    };
    await watchSteps(db);
    const service = await openService(notificationsService, { env: settings });
    return new Stage(db, sink, owners, service, settings, new TokenSigner('gateway', key));
  }

  /** One more process of the service on the same database; the caller stops it. */
  another(): Promise<RunningService> {
    return openService(notificationsService, { env: this.env });
  }

  hear(envelope: Envelope): Promise<void> {
    const topic: Topic = envelope.type.startsWith('gateway') || envelope.data === null ? 'people' : 'tickets';
    return this.service.app.get(Hearing, { strict: false }).hear(topic, [envelope]);
  }

  /** Everybody forgets what was heard: what follows is a replay of the topics. */
  async forgetInbox(): Promise<void> {
    await this.db.database.query('TRUNCATE inbox');
  }

  async deliveries(): Promise<
    { template: string; state: string; attempts: number; trouble: string | null; data: unknown }[]
  > {
    return this.db.database.query(
      "SELECT template, state, attempts, trouble, data FROM delivery WHERE channel = 'email' ORDER BY queued_at, id",
    );
  }

  /** The raw answer; nobody asks where `person` is null. */
  async fetch(
    method: string,
    path: string,
    options: {
      person?: string | null;
      roles?: string[];
      service?: boolean;
      body?: unknown;
      headers?: Record<string, string>;
      signal?: AbortSignal;
    } = {},
  ): Promise<Response> {
    const caller = options.service
      ? { kind: 'service' as const, id: 'gateway', roles: [] }
      : { kind: 'person' as const, id: options.person ?? STAFF, roles: options.roles ?? [] };
    return fetch(`${this.service.url}${path}`, {
      method,
      signal: options.signal,
      headers: {
        ...(options.person !== null && {
          Authorization: `Bearer ${await this.signer.forCaller(caller, 'notifications')}`,
        }),
        ...(options.body !== undefined && { 'Content-Type': 'application/json' }),
        ...options.headers,
      },
      body:
        options.body === undefined || typeof options.body === 'string' ? options.body : JSON.stringify(options.body),
    });
  }

  async ask(method: string, path: string, options: Parameters<Stage['fetch']>[2] = {}) {
    const response = await this.fetch(method, path, options);
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
  }

  /** Machine time of what waits is the database's: nobody sleeps. */
  hurry(): Promise<unknown> {
    return this.db.database.query(
      "UPDATE delivery SET next_try_at = now() WHERE state IN ('waiting-retry', 'queued') AND next_try_at > now()",
    );
  }

  /** Forgets everything. @throws when a delivery stepped outside its life cycle meanwhile */
  async reset(): Promise<void> {
    const strays = await this.db.database.query('SELECT DISTINCT was, became FROM stray_step');
    if (strays.length > 0) throw new Error(`outside of the life cycle: ${JSON.stringify(strays)}`);
    // What is still at work ends first: who waits for one table while holding another may never get it.
    await eventually(() =>
      this.db.database.query(
        `DO $$ BEGIN LOCK TABLE ${KEPT} IN ACCESS EXCLUSIVE MODE NOWAIT; TRUNCATE ${KEPT}; END $$`,
      ),
    );
    this.sink.mails.length = 0;
    this.sink.answer = () => undefined;
    this.sink.slow = undefined;
  }

  async close(): Promise<void> {
    await this.service.stop();
    await Promise.all([this.db.close(), this.sink.close(), this.owners.close()]);
  }
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { listPage, mailPage, stylesheet } from './page.js';
import { MailStore } from './store.js';

export interface MailSinkOptions {
  folder: string;
  /** 0 takes a free port. */
  smtpPort: number;
  httpPort: number;
  host?: string;
}

export interface MailSink {
  smtpUrl: string;
  /** `GET /messages`, `GET /messages/{id}.eml`, and pages for people. */
  url: string;
  store: MailStore;
  stop(): Promise<void>;
}

const LARGEST_MAIL = 20 * 1024 * 1024;

async function collect(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function listen(server: Server | SMTPServer, port: number, host: string): Promise<number> {
  const net = server instanceof SMTPServer ? server.server : server;
  return new Promise((resolve, reject) => {
    net.once('error', reject);
    server.listen(port, host, () => resolve((net.address() as AddressInfo).port));
  });
}

/** A mail may style itself and lead somewhere, as in a mail program; it runs nothing and fetches nothing. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-top-navigation-by-user-activation";

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Buffer,
  name?: string,
  policy = "default-src 'none'; style-src 'self'",
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': policy,
    ...(name && { 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` }),
  });
  response.end(body);
}

async function answer(store: MailStore, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://sink');
  const parts = pathname.split('/').filter(Boolean);
  if (pathname === '/') return send(response, 200, 'text/html; charset=utf-8', listPage(store.list()));
  if (pathname === '/style.css') return send(response, 200, 'text/css; charset=utf-8', stylesheet);
  if (pathname === '/livez') return send(response, 200, 'application/json', '{"status":"alive"}');
  if (pathname === '/messages') return send(response, 200, 'application/json', JSON.stringify(store.list()));
  const [area, id = ''] = parts;
  if (area === 'mail' && parts.length === 2) {
    const mail = await store.read(id);
    if (mail) return send(response, 200, 'text/html; charset=utf-8', mailPage(mail));
  }
  if (area === 'messages' && parts.length === 2 && id.endsWith('.eml')) {
    const raw = store.raw(id.slice(0, -4));
    if (raw) return send(response, 200, 'message/rfc822', raw, id);
  }
  if (area === 'messages' && parts.length === 2) {
    const mail = await store.read(id);
    if (mail) return send(response, 200, 'application/json', JSON.stringify(mail));
  }
  if (area === 'messages' && parts[2] === 'html' && parts.length === 3) {
    const html = await store.html(id);
    if (html) return send(response, 200, 'text/html; charset=utf-8', html, undefined, MAIL_POLICY);
  }
  if (area === 'messages' && parts[2] === 'attachments' && parts.length === 4) {
    const part = await store.attachment(id, Number(parts[3]));
    if (part) return send(response, 200, part.type, part.content, part.name);
  }
  send(response, 404, 'application/json', '{"code":"not-found"}');
}

/** Takes every mail and sends none on. */
export async function startMailSink(options: MailSinkOptions): Promise<MailSink> {
  const host = options.host ?? '127.0.0.1';
  const store = new MailStore(options.folder);
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: LARGEST_MAIL,
    // Any credentials will do: services are configured the same way against a real relay.
    onAuth: (auth, _session, callback) => callback(null, { user: auth.username ?? 'anybody' }),
    onData: (stream, session, callback) => {
      const recipients = session.envelope.rcptTo.map((to) => to.address);
      collect(stream)
        .then((raw) => store.add(raw, recipients, new Date()))
        .then(
          () => callback(),
          (error: Error) => callback(error),
        );
    },
  });
  smtp.on('error', (error) => process.stderr.write(`smtp: ${error.message}\n`));
  const http = createServer((request, response) => {
    answer(store, request, response).catch((error: Error) => {
      process.stderr.write(`http: ${error.message}\n`);
      send(response, 500, 'application/json', '{"code":"unexpected"}');
    });
  });
  const smtpPort = await listen(smtp, options.smtpPort, host);
  const httpPort = await listen(http, options.httpPort, host);
  return {
    smtpUrl: `smtp://${host}:${smtpPort}`,
    url: `http://${host}:${httpPort}`,
    store,
    stop: async () => {
      http.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(() => resolve())),
        new Promise<void>((resolve) => http.close(() => resolve())),
      ]);
    },
  };
}

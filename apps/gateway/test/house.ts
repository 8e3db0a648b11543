import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { openService, publicKeyOf, type RunningService, TokenSigner } from '#libs/service-defaults';
import { type TestDatabase, testDatabase } from '#libs/testing';
import { gatewayDatabase } from '../src/database.js';
import { gatewayService } from '../src/service.js';

export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** A neighbour that writes down what reaches it. */
export class FakeService {
  seen: Seen[] = [];
  answer: (request: Seen, response: ServerResponse) => void = (_, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end('{"ok":true}');
  };
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const seen = { method, url, headers, body: Buffer.concat(chunks) };
      this.seen.push(seen);
      this.answer(seen, response);
    });
  });

  start = () => new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  stop = () => {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  };
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  /** What the token of the last request says. */
  lastToken(): Record<string, unknown> {
    return decodeJwt((this.seen.at(-1)?.headers.authorization ?? '').slice('Bearer '.length));
  }
}

/** A browser: keeps cookies, names its origin. */
export class Browser {
  private readonly jar = new Map<string, string>();

  constructor(
    private readonly site: string,
    private readonly origin: string | undefined = site,
  ) {}

  get cookies(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(`${this.site}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookies && { Cookie: this.cookies }),
        ...(this.origin && method !== 'GET' && { Origin: this.origin }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      if (/Max-Age=0/i.test(cookie)) this.jar.delete(pair.slice(0, at));
      else this.jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await response.text();
    const parsed: unknown = text.startsWith('{') ? JSON.parse(text) : text;
    return { status: response.status, headers: response.headers, body: parsed as Record<string, never> };
  }
}

export interface House {
  gateway: RunningService;
  database: TestDatabase;
  /** Every service but notifications. */
  upstream: FakeService;
  notifications: FakeService;
  /** A token as another service makes it. */
  serviceToken(): Promise<string>;
  stop(): Promise<void>;
}

export async function openHouse(env: Record<string, string> = {}): Promise<House> {
  const [upstream, notifications] = [new FakeService(), new FakeService()];
  await Promise.all([upstream.start(), notifications.start()]);
  const database = await testDatabase('gateway', gatewayDatabase);
  const keys: Record<string, KeyObject> = {};
  const jwks = ['gateway', 'tickets'].map((name) => {
    const { privateKey } = generateKeyPairSync('ed25519');
    keys[name] = privateKey;
    return { ...publicKeyOf(privateKey).export({ format: 'jwk' }), kid: `${name}-1`, alg: 'EdDSA' };
  });
  const opening = openService(gatewayService, {
    env: {
      SEANS_ENV: 'test',
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.url,
      SCREENINGS_URL: upstream.url,
      TICKETS_URL: upstream.url,
      ACCREDITATIONS_URL: upstream.url,
      NOTIFICATIONS_URL: notifications.url,
      PUBLIC_URL: 'http://festival.test',
      SIGNING_KEY: keys.gateway!.export({ format: 'der', type: 'pkcs8' }).toString('base64url'),
      TRUSTED_KEYS: JSON.stringify({ keys: jwks }),
      WEB_FOLDER: 'nowhere',
      SIGN_IN_RATE: '1000',
      KAFKA_BROKERS: '127.0.0.1:1',
      ...env,
    },
  });
  const close = async () => {
    await database.close();
    await Promise.all([upstream.stop(), notifications.stop()]);
  };
  const gateway = await opening.catch(async (error) => {
    await close();
    throw error;
  });
  return {
    gateway,
    database,
    upstream,
    notifications,
    serviceToken: () => new TokenSigner('tickets', keys.tickets!).forService('gateway'),
    stop: async () => {
      await gateway.stop();
      await close();
    },
  };
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FiscalOperator, Refused } from './operator.js';

/** How the operator misbehaves; each holds for so many requests. */
export interface FiscalFaults {
  /** Answers 503 and does nothing. */
  down?: number;
  /** Does what was asked and breaks the line before it answers. */
  silentAfter?: number;
  /** Does what was asked and answers something that is no JSON. */
  garbled?: number;
}

export interface FiscalSandbox {
  url: string;
  operator: FiscalOperator;
  faults: FiscalFaults;
  stop(): Promise<void>;
}

const FAULTS = ['down', 'silentAfter', 'garbled'] as const;
const MOST_BYTES = 1_000_000;

/** The double's door: the protocol at its root, `/control` and `/tickets` for who tests. */
export class FiscalDoor {
  readonly faults: FiscalFaults = {};

  constructor(readonly operator: FiscalOperator) {}

  /** @param path what stands behind the prefix under which the double is mounted */
  async handle(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    if (path === '/tickets' && request.method === 'GET') return json(response, 200, this.operator.tickets);
    if (request.method !== 'POST') return json(response, 405, { error: 'METHOD_NOT_ALLOWED' });
    const body = await read(request);
    if (path === '/control') return this.control(response, body);
    if (this.takes('down')) return json(response, 503, { error: 'AWAY' });
    try {
      const header = (name: string) => String(request.headers[name] ?? '');
      const data = this.operator.answer(
        header('qf-kkm-id'),
        header('qf-request-sign-alg'),
        header('qf-request-sign'),
        body,
      );
      if (this.takes('silentAfter')) {
        response.destroy();
        return;
      }
      if (this.takes('garbled')) {
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"result":');
        return;
      }
      json(response, 200, { result: 'OK', data });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      json(response, error.status, { result: 'ERROR', error: error.code });
    }
  }

  private control(response: ServerResponse, body: Buffer): void {
    const { register, forgetKey, ageShiftHours, ...faults } = JSON.parse(body.toString('utf8')) as Record<
      string,
      unknown
    >;
    const unknown = Object.keys(faults).find((name) => !(FAULTS as readonly string[]).includes(name));
    if (unknown) {
      json(response, 422, { error: 'FAULT_UNKNOWN', fault: unknown });
      return;
    }
    Object.assign(this.faults, faults);
    if (forgetKey) this.operator.forgetKey(String(register));
    if (typeof ageShiftHours === 'number') this.operator.ageShift(String(register), ageShiftHours);
    json(response, 200, this.faults);
  }

  private takes(fault: keyof FiscalFaults): boolean {
    const left = this.faults[fault] ?? 0;
    if (left <= 0) return false;
    this.faults[fault] = left - 1;
    return true;
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new Error('the body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A fiscal data operator on loopback that really checks signatures, sums, shifts and numbers. */
export async function startFiscalSandbox(
  options: { port?: number; file?: string; now?: () => Date } = {},
): Promise<FiscalSandbox> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const operator = new FiscalOperator(options.file, () => url, options.now ?? (() => new Date()));
  const door = new FiscalDoor(operator);
  server.on('request', (request, response) => {
    door.handle(request, response, new URL(request.url ?? '/', url).pathname).catch((error: Error) => {
      if (!response.headersSent) response.writeHead(400, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ error: error.message }));
    });
  });
  return {
    url,
    operator,
    faults: door.faults,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

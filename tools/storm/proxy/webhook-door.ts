import { Agent, createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** What happens to a provider's call on its way. */
export interface Mischief {
  /** Each call is made this many times at the same moment; the first answer counts. */
  copies: number;
  /** This share of the answers is lost: the provider hears nothing and calls again. */
  loseAnswers: number;
  /** Each call waits this long at most, at random: calls overtake each other. */
  shuffleMs: number;
}

const ORDERLY: Mischief = { copies: 1, loseAnswers: 0, shuffleMs: 0 };

interface Heard {
  status: number;
  type: string;
  body: Buffer;
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of message as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Stands where the provider calls, and passes its calls on: several times, late, or without bringing the answer back. */
export class WebhookDoor {
  mischief: Mischief = { ...ORDERLY };
  passed = 0;
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });

  private constructor(
    private readonly server: Server,
    private readonly target: number,
    private readonly random: () => number,
  ) {
    server.on('request', (asked, answer) => void this.pass(asked, answer).catch(() => answer.destroy()));
  }

  static async open(target: number, port: number, random: () => number): Promise<WebhookDoor> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new WebhookDoor(server, target, random);
  }

  get port(): number {
    const address = this.server.address();
    return address && typeof address === 'object' ? address.port : 0;
  }

  orderly(): void {
    this.mischief = { ...ORDERLY };
  }

  async close(): Promise<void> {
    this.agent.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await read(asked);
    const { copies, loseAnswers, shuffleMs } = this.mischief;
    if (shuffleMs > 0) await wait(this.random() * shuffleMs);
    const calls = Array.from({ length: copies }, () => this.call(asked, body));
    this.passed += copies;
    const all = await Promise.allSettled(calls);
    const first = all.find((one) => one.status === 'fulfilled');
    if (!first || this.random() < loseAnswers) return void answer.destroy();
    answer.writeHead(first.value.status, { 'Content-Type': first.value.type }).end(first.value.body);
  }

  private call(asked: IncomingMessage, body: Buffer): Promise<Heard> {
    return new Promise((resolve, reject) => {
      const onward = request(
        {
          host: '127.0.0.1',
          port: this.target,
          agent: this.agent,
          method: asked.method,
          path: asked.url,
          headers: { 'Content-Type': asked.headers['content-type'] ?? '', 'Content-Length': body.length },
          timeout: 15_000,
        },
        (heard) =>
          read(heard).then(
            (bytes) =>
              resolve({ status: heard.statusCode ?? 0, type: heard.headers['content-type'] ?? '', body: bytes }),
            reject,
          ),
      );
      onward.once('timeout', () => onward.destroy(new Error('no answer in time')));
      onward.once('error', reject);
      onward.end(body);
    });
  }
}

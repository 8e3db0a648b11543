import { Agent, request } from 'node:http';

export interface Answer {
  /** 0 when there was none. */
  status: number;
  /** Of a problem, or of what broke the connection. */
  code?: string;
  body: unknown;
}

const agent = new Agent({ keepAlive: true, maxSockets: 2_000 });
const PATIENCE_MS = 15_000;

/** One person's browser: its own cookies, the site's Origin. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly web: URL) {}

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('GET', path, '', headers);
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', path, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
  }

  delete(path: string): Promise<Answer> {
    return this.call('DELETE', path);
  }

  private call(method: string, path: string, body = '', headers: Record<string, string> = {}): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return ask(this.web, method, `/api${path}`, body, {
      Accept: 'application/json',
      Origin: this.web.origin,
      ...(cookie && { Cookie: cookie }),
      ...headers,
    }).then(({ cookies, ...answer }) => {
      for (const line of cookies) {
        const [pair = ''] = line.split(';');
        this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
      }
      return answer;
    });
  }
}

/** Presses a button on the payment provider's page. */
export async function press(page: string, action: string): Promise<Answer> {
  const url = new URL(page);
  const { cookies: _none, ...answer } = await ask(url, 'POST', url.pathname, `action=${action}`, {
    'Content-Type': 'application/x-www-form-urlencoded',
  });
  return answer;
}

function ask(
  origin: URL,
  method: string,
  path: string,
  body: string,
  headers: Record<string, string>,
): Promise<Answer & { cookies: string[] }> {
  return new Promise((resolve) => {
    const failed = (code: string) => resolve({ status: 0, code, body: undefined, cookies: [] });
    const asked = request(
      {
        host: origin.hostname,
        port: origin.port,
        agent,
        method,
        path,
        headers: { ...(body && { 'Content-Length': Buffer.byteLength(body) }), ...headers },
        timeout: PATIENCE_MS,
      },
      (answer) => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.once('error', (error) => failed(codeOf(error)));
        answer.once('end', () => {
          const text = Buffer.concat(pieces).toString('utf8');
          const read = /json/.test(answer.headers['content-type'] ?? '') ? parse(text) : text;
          const status = answer.statusCode ?? 0;
          const code = status >= 400 ? problemCode(read) : undefined;
          resolve({ status, code, body: read, cookies: answer.headers['set-cookie'] ?? [] });
        });
      },
    );
    asked.once('timeout', () => asked.destroy(new Error('no-answer-in-time')));
    asked.once('error', (error) => failed(codeOf(error)));
    asked.end(body);
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemCode(body: unknown): string {
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : 'no-code';
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.message;
}

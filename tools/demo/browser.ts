import { randomUUID } from 'node:crypto';

// biome-ignore lint/suspicious/noExplicitAny: a walk reads answers of many shapes and checks each field that it uses
type Loose = any;

export interface Answer<T = Loose> {
  status: number;
  body: T;
  headers: Headers;
}

/** One person's browser: keeps cookies, sends the Origin that a page of the site would send. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  constructor(
    private readonly web: string,
    readonly language = 'en',
  ) {}

  get<T = Loose>(path: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.call('GET', path, undefined, headers);
  }

  post<T = Loose>(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.call('POST', path, JSON.stringify(body), {
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
      ...headers,
    });
  }

  put<T = Loose>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    return this.call('PUT', path, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
  }

  delete<T = Loose>(path: string): Promise<Answer<T>> {
    return this.call('DELETE', path);
  }

  upload<T = Loose>(
    path: string,
    fields: Record<string, string>,
    file: { name: string; type: string; bytes: Buffer },
  ): Promise<Answer<T>> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    form.append('file', new Blob([new Uint8Array(file.bytes)], { type: file.type }), file.name);
    return this.call('POST', path, form, { 'Idempotency-Key': randomUUID() });
  }

  private async call<T>(
    method: string,
    path: string,
    body?: string | FormData,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const answer = await fetch(`${this.web}/api${path}`, {
      method,
      body,
      headers: {
        Accept: 'application/json',
        'Accept-Language': this.language,
        Origin: this.web,
        ...(this.cookies.size > 0 && {
          Cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        }),
        ...headers,
      },
      signal: AbortSignal.timeout(20_000),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0|expires=thu, 01 jan 1970/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const text = await answer.text();
    const json = /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, body: (json && text ? JSON.parse(text) : text) as T, headers: answer.headers };
  }
}

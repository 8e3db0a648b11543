import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Update {
  update_id: number;
  message: object;
}

const FIELDS: Record<string, Set<string>> = {
  sendMessage: new Set(['chat_id', 'text', 'link_preview_options']),
  getUpdates: new Set(['offset', 'timeout', 'allowed_updates']),
};

/** Telegram's Bot API as far as it is used, strict: an unknown token, method or field is refused as Telegram would. */
export class TelegramDouble {
  readonly said: { chat: string; text: string }[] = [];
  /** Refuses the next messages to a chat: an error code and, for 429, how long to wait. */
  readonly refuses = new Map<string, { code: number; retryAfter?: number }>();
  private readonly updates: Update[] = [];
  private waiting?: () => void;
  private constructor(
    private readonly server: Server,
    readonly url: string,
    private readonly token: string,
  ) {}

  static async open(token: string): Promise<TelegramDouble> {
    let double: TelegramDouble | undefined;
    const server = createServer((request, response) => {
      double?.answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    double = new TelegramDouble(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token);
    return double;
  }

  /** Somebody writes to the bot. */
  write(chat: number, text: string, language = 'kk'): void {
    const number = 1_000 + this.updates.length;
    const from = { id: chat, is_bot: false, first_name: 'A', language_code: language };
    const message = { message_id: number, date: 1, chat: { id: chat, type: 'private', first_name: 'A' }, from, text };
    this.updates.push({ update_id: number, message });
    this.waiting?.();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const refuse = (code: number, description: string, parameters?: object) =>
      response
        .writeHead(code, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ ok: false, error_code: code, description, parameters }));
    const accept = (result: unknown) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ ok: true, result }));
    if (token !== this.token) return void refuse(401, 'Unauthorized');
    const allowed = FIELDS[method];
    if (!allowed || request.method !== 'POST') return void refuse(404, 'Not Found');
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
    const strange = Object.keys(body).filter((name) => !allowed.has(name));
    if (strange.length > 0) return void refuse(400, `Bad Request: unknown ${strange.join(', ')}`);
    if (method === 'getUpdates') return void accept(await this.news(Number(body.offset ?? 0), response));
    const chat = String(body.chat_id);
    const no = this.refuses.get(chat);
    if (no) {
      this.refuses.delete(chat);
      return void refuse(no.code, 'no', no.retryAfter === undefined ? undefined : { retry_after: no.retryAfter });
    }
    const text = String(body.text);
    if (text.length === 0 || text.length > 4_096) return void refuse(400, 'Bad Request: message is too long');
    this.said.push({ chat, text });
    accept({ message_id: this.said.length, date: 1, chat: { id: Number(chat), type: 'private' }, text });
  }

  /** Keeps the question open until somebody writes or the asker leaves. */
  private async news(offset: number, asker: ServerResponse): Promise<Update[]> {
    const fresh = () => this.updates.filter((update) => update.update_id >= offset);
    if (fresh().length === 0)
      await new Promise<void>((resolve) => {
        this.waiting = resolve;
        asker.once('close', resolve);
      });
    return fresh();
  }

  close(): Promise<void> {
    this.waiting?.();
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

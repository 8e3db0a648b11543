import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The provider of short messages (smsc.kz/api/http), strict: what it does not know is an error of parameters. */
export class SmsDouble {
  readonly said: { phone: string; text: string; id: string }[] = [];
  /** The error of the next message, once. */
  error?: number;
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(login: string, password: string): Promise<SmsDouble> {
    let double: SmsDouble | undefined;
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const form = new URLSearchParams(Buffer.concat(chunks).toString());
      const known = ['login', 'psw', 'phones', 'mes', 'id', 'charset', 'fmt', 'sender'];
      const strange = [...form.keys()].some((name) => !known.includes(name));
      const number = Number(form.get('id'));
      const error =
        request.url !== '/sys/send.php' || strange || !form.get('mes') || !(number >= 1 && number <= 2_147_483_647)
          ? 1
          : form.get('login') !== login || form.get('psw') !== password
            ? 2
            : /^\+7\d{10}$/.test(form.get('phones') ?? '')
              ? double?.error
              : 7;
      if (double) double.error = undefined;
      if (error === undefined)
        double?.said.push({
          phone: form.get('phones') ?? '',
          text: form.get('mes') ?? '',
          id: form.get('id') ?? '',
        });
      response
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end(JSON.stringify(error === undefined ? { id: number, cnt: 1 } : { error: 'no', error_code: error }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    double = new SmsDouble(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return double;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

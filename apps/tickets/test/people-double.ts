import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The gateway's one duty to a sale: the person of an address, always the same for the same one. */
export async function peopleDouble(): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { email } = JSON.parse(Buffer.concat(chunks).toString()) as { email?: string };
      if (request.method !== 'POST' || request.url !== '/internal/people' || !email) {
        response.writeHead(500).end();
        return;
      }
      const h = createHash('sha256').update(email).digest('hex');
      const personId = `${h.slice(0, 8)}-${h.slice(8, 12)}-7${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`;
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ personId }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { RecordPerson } from '#libs/contracts';

/** The gateway, played: makes one person of each address, or is down. */
export interface PlayedGateway {
  url: string;
  up: boolean;
  /** What it was asked to record, in order. */
  recorded: RecordPerson[];
  personOf(email: string): string;
  close(): void;
}

export async function playGateway(): Promise<PlayedGateway> {
  const personOf = (email: string) => {
    const hex = createHash('sha256').update(email.toLowerCase()).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
  const server = createServer((request, reply) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      const known = request.method === 'POST' && request.url === '/internal/people';
      reply.setHeader('Content-Type', 'application/json');
      if (!played.up || !known) return reply.writeHead(played.up ? 404 : 503).end('{}');
      const person = JSON.parse(text) as RecordPerson;
      played.recorded.push(person);
      reply.writeHead(200).end(JSON.stringify({ personId: personOf(person.email) }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const played: PlayedGateway = {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    up: true,
    recorded: [],
    personOf,
    close: () => server.close(),
  };
  return played;
}

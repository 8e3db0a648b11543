import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '#libs/service-defaults';
import { Sessions } from '../people/sessions.js';
import { Visitors } from '../people/visitors.js';

/** A browser that has not done anything yet; nothing can belong to it. */
const READER: Caller = { kind: 'visitor', id: '00000000-0000-0000-0000-000000000000', roles: [] };

function isReading(request: FastifyRequest): boolean {
  return request.method === 'GET' || request.method === 'HEAD';
}

/** Who sends a request, by its cookies alone; a browser without one becomes a visitor. */
export class Callers {
  constructor(
    private readonly sessions: Sessions,
    private readonly visitors: Visitors,
  ) {}

  async of(request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
    const cookies = request.headers.cookie;
    const person = await this.sessions.personOf(cookies);
    if (person) return { kind: 'person', id: person.id, roles: person.roles };
    // Who only reads needs no identity: an answer that caches may share must not carry anybody's cookie.
    if (isReading(request) && !this.visitors.read(cookies)) return READER;
    return { kind: 'visitor', id: this.visitorOf(request, reply), roles: [] };
  }

  visitorOf(request: FastifyRequest, reply: FastifyReply): string {
    const known = this.visitors.read(request.headers.cookie);
    if (known) return known;
    const made = this.visitors.make();
    void reply.header('Set-Cookie', made.cookie);
    return made.id;
  }
}

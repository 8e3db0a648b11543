import type { Language } from '#libs/kernel';
import type { Caller, TokenSigner } from '#libs/service-defaults';
import type { Auth } from './auth.js';
import type { PeopleQueries } from './people.queries.js';
import { cookieValue } from './visitors.js';

export interface SignedInPerson {
  id: string;
  email: string;
  name: string | null;
  language: Language;
  twoFactor: boolean;
  roles: string[];
}

interface Kept {
  person: SignedInPerson | undefined;
  until: number;
}

/** How long a session is believed without asking the database again. */
const BELIEVED_MS = 20_000;
const TOKEN_SECONDS = 60;
/** A token is used for this long; the rest of its life is for the call itself. */
const TOKEN_USED_MS = 40_000;
const KEPT = 20_000;

/**
 * Session → person → token per service, in memory: asking the auth library costs milliseconds, a token lookup nothing.
 * A sign-out or a change of roles forgets at once in this process; in another one after 20 seconds.
 */
export class Sessions {
  private readonly kept = new Map<string, Kept>();
  private readonly tokens = new Map<string, { token: string; until: number }>();

  constructor(
    private readonly auth: Auth,
    private readonly people: PeopleQueries,
    private readonly signer: TokenSigner,
    private readonly cookieName: string,
  ) {}

  /** Who is signed in with these cookies. */
  async personOf(cookies: string | undefined, now = Date.now()): Promise<SignedInPerson | undefined> {
    const cookie = cookieValue(cookies, this.cookieName);
    if (!cookie) return undefined;
    const known = this.kept.get(cookie);
    if (known && known.until > now) return known.person;
    const person = await this.ask(cookies ?? '');
    if (this.kept.size >= KEPT) this.kept.clear();
    this.kept.set(cookie, { person, until: now + BELIEVED_MS });
    return person;
  }

  private async ask(cookies: string): Promise<SignedInPerson | undefined> {
    const session = await this.auth.api.getSession({ headers: new Headers({ cookie: cookies }) });
    if (!session) return undefined;
    const { id, email, name, language, twoFactorEnabled } = session.user;
    return {
      id,
      email,
      name: name || null,
      language: language as Language,
      twoFactor: twoFactorEnabled === true,
      roles: await this.people.roles(id),
    };
  }

  /** The session of these cookies is over. */
  forget(cookies: string | undefined): void {
    const cookie = cookieValue(cookies, this.cookieName);
    if (cookie) this.kept.delete(cookie);
  }

  /** The person's roles or sessions changed. */
  forgetPerson(id: string): void {
    for (const [cookie, { person }] of this.kept) if (person?.id === id) this.kept.delete(cookie);
  }

  /** A token that speaks for the caller to one service: ids and roles only. */
  async tokenFor(caller: Caller, audience: string, now = Date.now()): Promise<string> {
    const key = `${audience} ${caller.kind} ${caller.id} ${caller.roles.join(',')}`;
    const known = this.tokens.get(key);
    if (known && known.until > now) return known.token;
    const token = await this.signer.forCaller(caller, audience, TOKEN_SECONDS);
    if (this.tokens.size >= KEPT) this.tokens.clear();
    this.tokens.set(key, { token, until: now + TOKEN_USED_MS });
    return token;
  }
}

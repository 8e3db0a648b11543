import { randomBytes } from 'node:crypto';
import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CompletionOpened, CompletionToken, SignedInToComplete } from '#libs/contracts';
import { Access, Answers, partUnavailable, SETTINGS, ServiceClient, valid } from '#libs/service-defaults';
import type { GatewaySettings } from '../settings.js';
import { type Auth, hashLinkToken } from './auth.js';
import { AUTH } from './auth.token.js';
import { PeopleQueries } from './people.queries.js';
import { linkUsedUp, staffSignInNeeded } from './people.refusals.js';
import { SignInLimits } from './sign-in-limits.js';

const SECONDS = 60;

/**
 * The link of an invitation opens a session once: it lives longer than a login link, since people answer after days, and
 * is made and spent by accreditations. It never opens the session of somebody with a role (docs/adr/0008).
 */
@Controller('api/session')
@Access('public')
export class CompletionController {
  constructor(
    @Inject(AUTH) private readonly auth: Auth,
    private readonly services: ServiceClient,
    private readonly people: PeopleQueries,
    private readonly limits: SignInLimits,
    @Inject(SETTINGS) private readonly settings: GatewaySettings,
  ) {}

  @Post('completion')
  @HttpCode(200)
  @Answers('Signs in by the link of an invitation; a second time it is refused.', SignedInToComplete)
  async open(
    @Body(valid(CompletionToken)) body: CompletionToken,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInToComplete> {
    await this.limits.check(request);
    const address = `${this.settings.ACCREDITATIONS_URL}/internal/completions`;
    const answer = await this.services.call('accreditations', 'POST', address, body);
    if (answer.status === 404 || answer.status === 410) throw linkUsedUp();
    if (answer.status !== 200) throw partUnavailable({ part: 'accreditations' }, { retryAfterMs: 1_000 });
    const { personId, applicationId } = answer.body as CompletionOpened;
    const roles = await this.people.roles(personId);
    if (roles.length > 0) throw staffSignInNeeded();
    for (const cookie of await this.session(personId, request)) void reply.header('Set-Cookie', cookie);
    return { applicationId };
  }

  /** By a login link that nobody mails: the engine knows one way to begin a session, and this is it. */
  private async session(personId: string, request: FastifyRequest): Promise<string[]> {
    const { email } = await this.people.contact(personId);
    const token = randomBytes(24).toString('hex');
    const { internalAdapter } = await this.auth.$context;
    await internalAdapter.createVerificationValue({
      identifier: `magic-link:${hashLinkToken(token)}`,
      value: JSON.stringify({ type: 'magic-link', email }),
      expiresAt: new Date(Date.now() + SECONDS * 1_000),
    });
    const headers = new Headers();
    if (request.headers['user-agent']) headers.set('user-agent', request.headers['user-agent']);
    const opened = (await this.auth.api.magicLinkVerify({
      query: { token },
      headers,
      asResponse: true,
    })) as unknown as Response;
    if (opened.status !== 200) throw linkUsedUp();
    return opened.headers.getSetCookie();
  }
}

import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  ConfirmPassword,
  LinkRequested,
  RedeemLink,
  RequestLink,
  SessionView,
  SignedIn,
  SignIn,
  TwoFactorCode,
  TwoFactorSecret,
} from '#libs/contracts';
import { preferredLanguage } from '#libs/kernel';
import { Access, Answers, signInNeeded, valid } from '#libs/service-defaults';
import { type Auth, LINK_SECONDS } from './auth.js';
import { AUTH } from './auth.token.js';
import { credentialsWrong, linkUsedUp, secondFactorWrong } from './people.refusals.js';
import { normaliseEmail, RecordPerson } from './record-person.js';
import { Sessions } from './sessions.js';
import { SignInLimits } from './sign-in-limits.js';
import { Visitors } from './visitors.js';

type EngineAnswer = { status: number; headers: Headers; body: Record<string, unknown> };

/** Signing in and out; who this browser is. */
@Controller('api/session')
@Access('public')
export class SessionController {
  constructor(
    @Inject(AUTH) private readonly auth: Auth,
    private readonly sessions: Sessions,
    private readonly visitors: Visitors,
    private readonly limits: SignInLimits,
    private readonly recordPerson: RecordPerson,
  ) {}

  @Get()
  @Answers('Who this browser is: a person, or an anonymous visitor.', SessionView)
  async show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    void reply.header('Cache-Control', 'no-store');
    return this.view(request.headers.cookie, request, reply);
  }

  @Post('sign-in')
  @HttpCode(200)
  @Answers('Signs staff in by password; the second factor may still be needed.', SignedIn)
  async signIn(
    @Body(valid(SignIn)) body: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    await this.limits.check(request);
    const answer = await this.engine(
      this.auth.api.signInEmail({
        body: { email: normaliseEmail(body.email), password: body.password },
        headers: engineHeaders(request),
        asResponse: true,
      }),
      reply,
    );
    if (answer.status >= 400) throw credentialsWrong();
    if (answer.body.twoFactorRedirect === true) return { next: 'two-factor', session: null };
    return this.signedIn(answer, request, reply);
  }

  @Post('two-factor')
  @HttpCode(200)
  @Answers('Signs in with the code of the second factor, or confirms a new one.', SignedIn)
  async secondFactor(
    @Body(valid(TwoFactorCode)) body: TwoFactorCode,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    await this.limits.check(request);
    const headers = engineHeaders(request);
    const verify = body.code.includes('-') ? this.auth.api.verifyBackupCode : this.auth.api.verifyTOTP;
    const answer = await this.engine(verify({ body, headers, asResponse: true }), reply);
    if (answer.status >= 400) throw secondFactorWrong();
    this.sessions.forget(request.headers.cookie);
    return this.signedIn(answer, request, reply);
  }

  @Post('two-factor/enable')
  @HttpCode(200)
  @Answers('A new second factor for the person signed in; confirmed by its first code.', TwoFactorSecret)
  async enableSecondFactor(
    @Body(valid(ConfirmPassword)) body: ConfirmPassword,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TwoFactorSecret> {
    await this.limits.check(request);
    if (!(await this.sessions.personOf(request.headers.cookie))) throw signInNeeded();
    const headers = engineHeaders(request);
    const answer = await this.engine(this.auth.api.enableTwoFactor({ body, headers, asResponse: true }), reply);
    if (answer.status >= 400) throw credentialsWrong();
    return { uri: String(answer.body.totpURI), backupCodes: (answer.body.backupCodes as string[] | undefined) ?? [] };
  }

  @Post('sign-out')
  @HttpCode(200)
  @Answers('Ends the session of this browser.', SessionView)
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<SessionView> {
    this.sessions.forget(request.headers.cookie);
    await this.engine(this.auth.api.signOut({ headers: engineHeaders(request), asResponse: true }), reply);
    this.sessions.forget(request.headers.cookie);
    return this.view(request.headers.cookie, request, reply);
  }

  @Post('magic-link')
  @HttpCode(202)
  @Answers('Mails a link that signs in once, within ten minutes.', LinkRequested)
  async requestLink(
    @Body(valid(RequestLink)) body: RequestLink,
    @Req() request: FastifyRequest,
  ): Promise<LinkRequested> {
    await this.limits.check(request);
    const email = normaliseEmail(body.email);
    await this.recordPerson.execute({ email, language: body.language });
    await this.auth.api.signInMagicLink({
      body: { email, metadata: { language: body.language, next: body.next ?? '/' } },
      headers: engineHeaders(request),
    });
    return { sent: true, expiresAt: new Date(Date.now() + LINK_SECONDS * 1_000).toISOString() };
  }

  @Post('magic-link/redeem')
  @HttpCode(200)
  @Answers('Signs in with the token of a mailed link; a second time it is refused.', SignedIn)
  async redeem(
    @Body(valid(RedeemLink)) body: RedeemLink,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedIn> {
    await this.limits.check(request);
    const headers = engineHeaders(request);
    const answer = await this.engine(
      this.auth.api.magicLinkVerify({ query: { token: body.token }, headers, asResponse: true }),
      reply,
    );
    // The engine redirects to its error page; ours says what to do.
    if (answer.status !== 200) throw linkUsedUp();
    return this.signedIn(answer, request, reply);
  }

  private async signedIn(answer: EngineAnswer, request: FastifyRequest, reply: FastifyReply): Promise<SignedIn> {
    const given = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    const session = await this.view([...given, request.headers.cookie ?? ''].join('; '), request, reply);
    return { next: 'done', session };
  }

  private async view(cookies: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<SessionView> {
    const person = await this.sessions.personOf(cookies);
    let visitor = this.visitors.read(cookies);
    if (!visitor) {
      const made = this.visitors.make();
      void reply.header('Set-Cookie', made.cookie);
      visitor = made.id;
    }
    return {
      person: person
        ? { id: person.id, email: person.email, name: person.name, roles: person.roles, twoFactor: person.twoFactor }
        : null,
      visitor,
      language: person?.language ?? preferredLanguage(request.headers['accept-language']),
    };
  }

  /** Passes the engine's cookies on. */
  private async engine(call: Promise<unknown>, reply: FastifyReply): Promise<EngineAnswer> {
    const response = (await call) as Response;
    for (const cookie of response.headers.getSetCookie()) void reply.header('Set-Cookie', cookie);
    const text = await response.text();
    const body = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, body };
  }
}

function engineHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  if (request.headers.cookie) headers.set('cookie', request.headers.cookie);
  if (request.headers['user-agent']) headers.set('user-agent', request.headers['user-agent']);
  return headers;
}

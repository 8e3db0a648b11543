import { type DynamicModule, Module } from '@nestjs/common';
import type { SendLoginMail } from '#libs/contracts';
import { after, isLanguage, systemClock } from '#libs/kernel';
import { Database } from '#libs/persistence';
import { partUnavailable, ServiceClient, TokenSigner } from '#libs/service-defaults';
import type { GatewaySettings } from '../settings.js';
import { type Auth, LINK_SECONDS, makeAuth } from './auth.js';
import { AUTH } from './auth.token.js';
import { CompletionController } from './completion.controller.js';
import { CreateStaff } from './create-staff.js';
import { InternalPeopleController } from './internal-people.controller.js';
import { PeopleQueries } from './people.queries.js';
import { RecordPerson } from './record-person.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.js';
import { SignInLimits } from './sign-in-limits.js';
import { Visitors } from './visitors.js';

/** Where the link of a login mail leads: a page whose button redeems the token, so that mail scanners spend nothing. */
export function signInLink(publicUrl: string, token: string, next: string): string {
  const url = new URL('/sign-in/link', publicUrl);
  url.searchParams.set('token', token);
  if (next !== '/') url.searchParams.set('next', next);
  return url.href;
}

function mailer(settings: GatewaySettings, client: ServiceClient, people: PeopleQueries) {
  return async (email: string, token: string, language: string, next: string): Promise<void> => {
    const { personId } = await people.byEmail(email);
    const mail: SendLoginMail = {
      personId,
      email,
      language: isLanguage(language) ? language : 'kk',
      link: signInLink(settings.PUBLIC_URL, token, next),
      expiresAt: after(systemClock.now(), LINK_SECONDS * 1_000).toISOString(),
    };
    const address = `${settings.NOTIFICATIONS_URL}/internal/login-mails`;
    const answer = await client.call('notifications', 'POST', address, mail);
    if (answer.status >= 400) throw partUnavailable({ part: 'notifications' });
  };
}

@Module({})
export class PeopleModule {
  static for(settings: GatewaySettings): DynamicModule {
    const secure = settings.PUBLIC_URL.startsWith('https:');
    return {
      module: PeopleModule,
      controllers: [SessionController, CompletionController, InternalPeopleController],
      providers: [
        PeopleQueries,
        RecordPerson,
        CreateStaff,
        SignInLimits,
        { provide: Visitors, useValue: new Visitors(settings.AUTH_SECRET, secure) },
        {
          provide: AUTH,
          inject: [Database, ServiceClient, PeopleQueries],
          useFactory: (database: Database, client: ServiceClient, people: PeopleQueries) =>
            makeAuth({
              secret: settings.AUTH_SECRET,
              publicUrl: settings.PUBLIC_URL,
              pool: database.pool,
              mailLink: mailer(settings, client, people),
            }),
        },
        {
          provide: Sessions,
          inject: [AUTH, PeopleQueries, TokenSigner],
          useFactory: (auth: Auth, people: PeopleQueries, signer: TokenSigner) =>
            new Sessions(auth, people, signer, `${secure ? '__Secure-' : ''}seans.session_token`),
        },
      ],
      exports: [AUTH, Sessions, Visitors, SignInLimits, PeopleQueries, RecordPerson],
    };
  }
}

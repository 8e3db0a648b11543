import {
  type CommonSettings,
  integer,
  optionalText,
  type SettingsDefinition,
  type SettingsOf,
  text,
  url,
} from '#libs/service-defaults';

export const gatewaySettings = {
  AUTH_SECRET: text({
    says: 'signs the cookies of sessions and visitors; at least 32 characters',
    development: 'development-only-secret-of-the-gateway',
    secret: true,
  }),
  FREEDOMPAY_URL: url({
    says: "Freedom Pay's address (the sandbox's in development); the shop may send a form there",
    development: 'http://127.0.0.1:8090',
  }),
  PAYMENT_PAGE_ORIGIN: optionalText(
    'origins of the pages on which buyers pay, separated by spaces, where they are not that of FREEDOMPAY_URL',
  ),
  WEB_FOLDER: text({ says: 'folder of the built web', fallback: 'dist/web' }),
  RATE_PER_MINUTE: integer({ says: 'requests a minute of one person or visitor', fallback: '1200' }, 1),
  MOST_UNDER_WAY: integer(
    {
      says: 'calls to services under way at once, beyond which who only begins is asked to come again',
      fallback: '1000',
    },
    1,
  ),
  SIGN_IN_RATE: integer({ says: 'tries to sign in a minute, per address and per network address', fallback: '12' }, 1),
  QUEUE_PLACES_PER_NETWORK: integer(
    { says: 'places of an entry queue that one network address may take without signing in', fallback: '50' },
    1,
  ),
  QUEUE_PASS_SECONDS: integer(
    { says: 'how long the shop is open to whoever the entry queue let in', fallback: '900' },
    60,
  ),
} satisfies SettingsDefinition;

export type GatewaySettings = CommonSettings & SettingsOf<typeof gatewaySettings>;

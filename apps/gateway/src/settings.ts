import {
  type CommonSettings,
  integer,
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
    says: 'origin of the payment page; the shop may send a form there',
    development: 'http://127.0.0.1:8090',
  }),
  WEB_FOLDER: text({ says: 'folder of the built web', fallback: 'dist/web' }),
  RATE_PER_MINUTE: integer({ says: 'requests a minute of one person or visitor', fallback: '1200' }, 1),
  SIGN_IN_RATE: integer({ says: 'tries to sign in a minute, per address and per network address', fallback: '12' }, 1),
} satisfies SettingsDefinition;

export type GatewaySettings = CommonSettings & SettingsOf<typeof gatewaySettings>;

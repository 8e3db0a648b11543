import {
  integer,
  optionalText,
  type SettingsDefinition,
  type SettingsOf,
  signingKey,
  text,
  url,
} from '#libs/service-defaults';

/** What tickets reads besides the common settings; times are machine time. */
export const ticketsSettings = {
  TICKETS_ROLES: text({
    says: 'what this process does: sell, door, jobs, separated by commas',
    fallback: 'sell,door,jobs',
  }),
  HOLD_SECONDS: integer({ says: 'how long a hold lives while somebody browses', fallback: '300' }, 5, 3_600),
  HOLD_EXTENSION_SECONDS: integer({ says: 'what the one extension of a hold adds', fallback: '300' }, 5, 3_600),
  HOLD_LIMIT_ONLINE: integer({ says: 'most seats of one hold bought online', fallback: '10' }, 1, 60),
  HOLD_LIMIT_COUNTER: integer(
    { says: 'most seats of one hold at the counter and the group desk', fallback: '60' },
    1,
    500,
  ),
  PAYMENT_PAGE_SECONDS: integer(
    { says: "life of the provider's payment page; Freedom Pay takes at least 300", fallback: '600' },
    300,
    604_800,
  ),
  ORDER_SECONDS: integer(
    { says: 'how long claimed seats wait for payment; longer than the payment page', fallback: '720' },
    300,
    604_800,
  ),
  BOOKINGS_A_DAY: integer({ says: 'bookings on one badge for screenings of one day', fallback: '4' }, 1, 50),
  BOOKING_CANCEL_MINUTES: integer(
    { says: 'until how long before the start a booking can be cancelled', fallback: '30' },
    0,
    1_440,
  ),
  TOKEN_SECRET: text({ says: 'key of hold tokens and order links', secret: true, development: 'development' }),
  ADMISSION_KEY: signingKey('Ed25519 private key that signs ticket codes, PKCS8 DER in base64url'),
  ADMISSION_KEY_ID: integer({ says: 'id of that key inside a code', fallback: '1' }, 1, 127),
  BADGE_KEYS: text({
    says: 'public keys of badge codes as JSON {"key id": "raw base64url"}; where absent, asked from accreditations',
    fallback: '{}',
  }),
  FREEDOMPAY_URL: url({
    says: "Freedom Pay's address (the sandbox's in development)",
    development: 'http://127.0.0.1:8090',
  }),
  FREEDOMPAY_MERCHANT_ID: text({ says: 'merchant number at Freedom Pay', development: '500001' }),
  FREEDOMPAY_SECRET: text({
    says: 'secret that signs messages to and from Freedom Pay',
    secret: true,
    development: 'sandbox-secret',
  }),
  FREEDOMPAY_CHECK_URL: text({
    says: '"on" when check_url is switched on for the merchant; without it the boot warns',
    fallback: 'on',
  }),
  CALLBACK_URL: optionalText(
    'address of our payment routes as the provider reaches them, where it is not PUBLIC_URL/api/tickets',
  ),
} satisfies SettingsDefinition;

export type TicketsSettings = SettingsOf<typeof ticketsSettings>;

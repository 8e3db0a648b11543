import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import {
  choice,
  integer,
  optionalText,
  type Setting,
  type SettingsDefinition,
  type SettingsOf,
  signingKey,
  text,
  url,
} from '#libs/service-defaults';

/** Needed only where the part is used at all: development speaks to the doubles, production may leave it out. */
function onlyWhereUsed(options: Omit<Setting<unknown>, 'parse'>): Setting<string | undefined> {
  return { ...options, optional: true, parse: (raw) => raw };
}

const MADE_HERE = 'made-for-this-process';

/** An RSA private key, PKCS8 DER in base64url, read or made when it is first needed. */
function rsaKey(says: string): Setting<(() => KeyObject) | undefined> {
  return {
    says,
    secret: true,
    optional: true,
    development: MADE_HERE,
    parse(raw) {
      let key: KeyObject | undefined;
      return () => {
        key ??=
          raw === MADE_HERE
            ? generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
            : createPrivateKey({ key: Buffer.from(raw, 'base64url'), format: 'der', type: 'pkcs8' });
        return key;
      };
    },
  };
}

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
  DEVICE_SHIFT_HOURS: integer(
    { says: 'how long a gate device works when nobody said until when', fallback: '18' },
    1,
    168,
  ),
  DOOR_OFFLINE_AFTER_MS: integer(
    { says: 'after so long without an answer a gate decides by itself, ms', fallback: '3000' },
    500,
    30_000,
  ),
  DOOR_LIST_STALE_MINUTES: integer(
    { says: 'a gate whose list is older than this asks the house manager', fallback: '360' },
    1,
    10_080,
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
  PAYMENT_PROVIDERS: text({
    says: 'the providers that buyers may pay with, "freedompay", "stripe" or both; the first is the one they get',
    development: 'freedompay,stripe',
    fallback: 'freedompay',
  }),
  FREEDOMPAY_RECEIPTS: choice(['on', 'off'], {
    says: 'whether receipt positions go to Freedom Pay when a page opens; the merchant needs its fiscal receipts',
    fallback: 'on',
  }),
  FREEDOMPAY_TAX_TYPE: text({ says: "Freedom Pay's code of the positions' tax (0 is without VAT)", fallback: '0' }),
  STRIPE_URL: onlyWhereUsed({
    says: "Stripe's address where it is not api.stripe.com (the sandbox's in development)",
    development: 'http://127.0.0.1:8090',
  }),
  STRIPE_SECRET_KEY: onlyWhereUsed({
    says: 'secret key at Stripe',
    secret: true,
    development: 'sandbox-stripe-key',
  }),
  STRIPE_WEBHOOK_SECRET: onlyWhereUsed({
    says: "secret that signs Stripe's webhooks to us",
    secret: true,
    development: 'sandbox-webhook-secret',
  }),
  SELLER_NAME: text({ says: 'who sells, as receipts name it', development: 'Seans, a demonstration: nobody sells' }),
  SELLER_BIN: text({ says: "the seller's business number, 12 digits", development: '000000000000' }),
  SELLER_ADDRESS: text({ says: "the seller's address on receipts", development: 'Almaty' }),
  SELLER_MAIL: text({
    says: 'the e-mail address that buyers write to about an order',
    development: 'box-office@example.kz',
  }),
  SELLER_ACCOUNT: text({
    says: "the seller's bank account, as invoices name it",
    development: 'KZ00 0000 0000 0000 0000',
  }),
  SELLER_VAT_PERCENT: integer(
    { says: 'VAT inside the prices, per cent; 0 for a seller who is not registered for it', fallback: '0' },
    0,
    30,
  ),
  FISCAL_URL: onlyWhereUsed({
    says: "address of the counter's fiscal data operator (the double's in development)",
    development: 'http://127.0.0.1:8090/fiscal',
  }),
  FISCAL_KKM_ID: text({ says: "number of the counter's cash register at the operator", fallback: 'K00001' }),
  FISCAL_KEY: rsaKey('RSA private key of that register, PKCS8 DER in base64url'),
  FISCAL_ALARM_TRIES: integer(
    { says: 'tries after which a fiscal receipt that waits raises the alarm', fallback: '8' },
    1,
    100,
  ),
  TERMINAL_URL: onlyWhereUsed({
    says: "address of the counter's card terminals (the double's in development); without it the counter takes cash only",
    development: 'http://127.0.0.1:8090/terminal',
  }),
  COUNTER_TILLS: text({ says: "names of the counter's tills, separated by commas", fallback: '1,2,3,4' }),
  COUNTER_CASH_STEP: integer({ says: 'cash is rounded to the nearest so many tenge', fallback: '5' }, 1, 100),
  COUNTER_COMPLIMENTARY_LIMIT: integer(
    { says: 'complimentary tickets that a clerk gives away in a shift without a house manager', fallback: '4' },
    0,
    1_000,
  ),
  COUNTER_VOID_MINUTES: integer({ says: "how long a shift's last sale may be voided", fallback: '10' }, 0, 240),
  COUNTER_PAY_SECONDS: integer(
    { says: 'how long the seats of a sale at the counter wait for its money', fallback: '180' },
    30,
    3_600,
  ),
  COUNTER_RESERVATION_MINUTES: integer(
    { says: 'a reservation by phone is given up so long before the start', fallback: '60' },
    0,
    1_440,
  ),
  COUNTER_LEASE_MINUTES: integer(
    {
      says: 'how long a counter may sell leased seats without a line, of which it keeps off the last two',
      fallback: '60',
    },
    5,
    720,
  ),
  AUDITOR_EVERY_SECONDS: integer(
    { says: 'how often the auditor looks at the invariants, in processes that do jobs', fallback: '10' },
    1,
    3_600,
  ),
  AUDITOR_SLICE: integer(
    { says: 'rows that the auditor looks at further each time, besides what was written lately', fallback: '200' },
    1,
    10_000,
  ),
  AUDITOR_CONFIRM_MS: integer(
    { says: 'after how many milliseconds a violation must be there still to be told of', fallback: '1000' },
    0,
    60_000,
  ),
  AUDITOR_STATEMENT_MS: integer(
    { says: "most milliseconds of one of the auditor's statements", fallback: '2000' },
    50,
    60_000,
  ),
  APPLE_PASS_TYPE: onlyWhereUsed({ says: "Apple's pass type identifier", development: 'pass.example.seans.ticket' }),
  APPLE_TEAM: onlyWhereUsed({ says: "Apple's team identifier", development: 'SEANSTEST1' }),
  APPLE_PASS_CERTIFICATE: onlyWhereUsed({
    says: 'PEM of the pass certificate; in development one is made for the process, and no phone accepts it',
  }),
  APPLE_PASS_KEY: onlyWhereUsed({ says: "PEM of the pass certificate's private key", secret: true }),
  APPLE_WWDR: onlyWhereUsed({ says: "PEM of Apple's intermediate certificate (WWDR)" }),
  GOOGLE_WALLET_ISSUER: onlyWhereUsed({ says: "issuer's number at Google Wallet", development: '3388000000000000000' }),
  GOOGLE_WALLET_ACCOUNT: onlyWhereUsed({
    says: "service account's address that signs Google Wallet links",
    development: 'seans@example.iam.gserviceaccount.com',
  }),
  GOOGLE_WALLET_KEY: rsaKey('RSA private key of that account, PKCS8 DER in base64url'),
} satisfies SettingsDefinition;

export type TicketsSettings = SettingsOf<typeof ticketsSettings>;

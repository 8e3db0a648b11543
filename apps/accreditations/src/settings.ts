import {
  choice,
  integer,
  optionalText,
  type SettingsDefinition,
  type SettingsOf,
  signingKey,
  text,
} from '#libs/service-defaults';

/** What accreditations reads besides the common settings. */
export const accreditationsSettings = {
  BADGE_KEY: signingKey('Ed25519 private key that signs badge codes, PKCS8 DER in base64url'),
  BADGE_KEY_ID: integer(
    { says: 'id of that key inside a code; other than those of tickets', fallback: '201' },
    128,
    255,
  ),
  DATA_KEY: text({
    says: 'secret from which the key of uploaded papers on disk is made',
    secret: true,
    development: 'development',
  }),
  UPLOADS_DIR: text({ says: 'folder that keeps uploaded papers, encrypted', development: '.local/data/uploads' }),
  UPLOADS_STORE: choice(['disk', 's3'], {
    says: 'where sealed papers are kept: disk is UPLOADS_DIR, s3 a bucket (UPLOADS_DIR then holds only what is on its way)',
    fallback: 'disk',
  }),
  S3_ENDPOINT: optionalText('address of the S3-compatible store'),
  S3_REGION: text({ says: 'region that its signatures name', fallback: 'us-east-1' }),
  S3_BUCKET: optionalText('bucket of the papers'),
  S3_ACCESS_KEY_ID: optionalText('key id of the store', true),
  S3_SECRET_ACCESS_KEY: optionalText('secret key of the store', true),
  RETENTION_LOOK_SECONDS: integer(
    { says: 'how often accreditations looks for what is kept no longer, seconds', fallback: '3600', development: '60' },
    1,
  ),
  VISA_LEAD_DAYS: integer(
    {
      says: 'days before the arrival that a visa invitation takes at least; a consulate may ask for more',
      fallback: '14',
    },
    0,
    120,
  ),
  PASSPORT_VALID_MONTHS: integer(
    { says: 'months after the departure for which a passport must be valid; the ministry decides', fallback: '6' },
    0,
    24,
  ),
  TELL_GATES_MS: integer(
    { says: 'how often an untaken change of a badge is told to the doors again, ms', fallback: '1000' },
    50,
    60_000,
  ),
} satisfies SettingsDefinition;

export type AccreditationsSettings = SettingsOf<typeof accreditationsSettings>;

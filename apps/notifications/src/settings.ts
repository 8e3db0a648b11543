import { choice, integer, optionalText, type Setting, type SettingsOf, text, url } from '#libs/service-defaults';

/** A key for tokens in mails: 32 bytes in base64url. */
function tokenKey(says: string): Setting<Buffer> {
  return {
    says,
    secret: true,
    development: 'development-only',
    parse(raw) {
      if (raw === 'development-only') return Buffer.alloc(32, 'seans');
      const key = Buffer.from(raw, 'base64url');
      if (key.length < 32) throw new Error('must be at least 32 bytes in base64url');
      return key;
    },
  };
}

export const notificationsSettings = {
  SMTP_URL: url({
    says: 'mail server that takes our mails (smtp:// or smtps://)',
    development: 'smtp://127.0.0.1:2525',
  }),
  MAIL_FROM: text({
    says: 'sender of every mail, as "Name <address>"',
    development: 'Almaty Film Festival <tickets@festival.example>',
  }),
  MAIL_RATE: integer(
    {
      says: 'most messages a second of one process that are in no hurry; signing in, doors, offers and tickets are sent beside it',
      fallback: '50',
    },
    1,
    10_000,
  ),
  MAIL_TOKEN_KEY: tokenKey('signs the links with which letters of a kind are left, and the return paths of mails'),
  BOUNCE_DOMAIN: optionalText(
    'mail domain of the return paths; its mail server hands what comes back to BOUNCE_PORT. Without it mails return to the sender',
  ),
  BOUNCE_PORT: integer(
    { says: 'port on which returned mails are taken by SMTP; without it nothing listens', optional: true },
    0,
    65_535,
  ) as Setting<number | undefined>,
  MESSAGE_DAYS: integer(
    { says: 'days after which the words of a message are forgotten; that it was sent stays', fallback: '400' },
    1,
    3_650,
  ),
  BOUNCE_WEBHOOK_SECRET: optionalText(
    'secret of the mail provider’s webhook (Standard Webhooks, "whsec_…"); without it the webhook is closed',
    true,
  ),
  REHEARSAL_MAIL: optionalText(
    'mail domains, separated by commas, to which mails about a rehearsal edition go; everybody else gets none',
  ),
  TELEGRAM_BOT_TOKEN: optionalText('token of the festival’s Telegram bot; without it nothing is sent there', true),
  TELEGRAM_BOT_NAME: text({ says: 'name of that bot, without @', fallback: 'seans_bot' }),
  TELEGRAM_URL: url({ says: 'address of Telegram’s Bot API', fallback: 'https://api.telegram.org' }),
  SMS_PROVIDER: choice(['none', 'smsc'], { says: 'who sends short messages: nobody, or smsc.kz', fallback: 'none' }),
  SMS_URL: url({ says: 'address of the provider of short messages', fallback: 'https://smsc.kz' }),
  SMS_LOGIN: optionalText('login at the provider of short messages'),
  SMS_PASSWORD: optionalText('password or API key at the provider of short messages', true),
  SMS_SENDER: optionalText('sender’s name that the provider registered'),
} as const;

export type NotificationsSettings = SettingsOf<typeof notificationsSettings>;

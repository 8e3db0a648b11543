import { optionalText, type SettingsOf, text, url } from '#libs/service-defaults';

export const notificationsSettings = {
  SMTP_URL: url({
    says: 'mail server that takes our mails (smtp:// or smtps://)',
    development: 'smtp://127.0.0.1:2525',
  }),
  MAIL_FROM: text({
    says: 'sender of every mail, as "Name <address>"',
    development: 'Almaty Film Festival <tickets@festival.example>',
  }),
  REHEARSAL_MAIL: optionalText(
    'mail domains, separated by commas, to which mails about a rehearsal edition go; everybody else gets none',
  ),
};

export type NotificationsSettings = SettingsOf<typeof notificationsSettings>;

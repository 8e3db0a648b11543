import { text, url } from '#libs/service-defaults';

export const notificationsSettings = {
  SMTP_URL: url({
    says: 'mail server that takes our mails (smtp:// or smtps://)',
    development: 'smtp://127.0.0.1:2525',
  }),
  MAIL_FROM: text({
    says: 'sender of every mail, as "Name <address>"',
    development: 'Almaty Film Festival <tickets@festival.example>',
  }),
};

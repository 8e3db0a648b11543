import { defineRefusal } from '#libs/kernel';

export const channelNotOffered = defineRefusal('channel-not-offered', 'conflict', {
  kk: 'Бұл фестиваль мұндай жолмен хабар жібермейді.',
  ru: 'Этот фестиваль не пишет таким способом.',
  en: 'This festival does not send messages that way.',
});

export const codeWrong = defineRefusal('code-wrong', 'invalid', {
  kk: 'Код дұрыс емес немесе ескірген. Жаңасын сұраңыз.',
  ru: 'Код неверен или устарел. Запросите новый.',
  en: 'The code is wrong or too old. Please ask for a new one.',
});

export const tooManyCodes = defineRefusal('too-many-codes', 'too-many', {
  kk: 'Кодтар тым көп сұралды. Он минуттан соң қайталаңыз.',
  ru: 'Кодов запрошено слишком много. Повторите через десять минут.',
  en: 'Too many codes were asked for. Please try again in ten minutes.',
});

export const unsubscribeLinkUnknown = defineRefusal('unsubscribe-link-unknown', 'not-found', {
  kk: 'Сілтеме толық емес. Хаттағы сілтемені түгел көшіріп көріңіз.',
  ru: 'Ссылка неполная. Скопируйте её из письма целиком.',
  en: 'The link is not complete. Please copy the whole of it from the mail.',
});

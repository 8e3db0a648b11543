import type { LetterWriter } from './letter.rules.js';

const LOGIN = {
  subject: { kk: 'Кіру сілтемесі', ru: 'Ссылка для входа', en: 'Your sign-in link' },
  body: {
    kk: 'Батырманы басып, ашылған бетте кіруді растаңыз. Сілтеме 10 минут, бір рет қана жұмыс істейді.',
    ru: 'Нажмите кнопку и подтвердите вход на открывшейся странице. Ссылка работает 10 минут и один раз.',
    en: 'Press the button and confirm on the page that opens. The link works once and for 10 minutes.',
  },
  open: { kk: 'Кіру', ru: 'Войти', en: 'Sign in' },
  footer: {
    kk: 'Сіз сұрамаған болсаңыз, бұл хатты елемеңіз: сілтемесіз ешкім кіре алмайды.',
    ru: 'Если вы не просили ссылку, ничего не делайте: без неё никто не войдёт.',
    en: 'If you did not ask for this, do nothing: nobody can sign in without the link.',
  },
};

export const loginLink: LetterWriter<{ link: string }> = (data, language) => ({
  subject: LOGIN.subject[language],
  heading: LOGIN.subject[language],
  paragraphs: [LOGIN.body[language]],
  action: { label: LOGIN.open[language], href: data.link },
  footer: LOGIN.footer[language],
});

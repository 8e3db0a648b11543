import { defineRefusal } from '#libs/kernel';

export const credentialsWrong = defineRefusal('credentials-wrong', 'unauthenticated', {
  kk: 'Пошта немесе құпиясөз дұрыс емес.',
  ru: 'Неверная почта или пароль.',
  en: 'The e-mail address or the password is not right.',
});
export const secondFactorWrong = defineRefusal('second-factor-wrong', 'unauthenticated', {
  kk: 'Код дұрыс емес немесе мерзімі өткен. Қайта кіріп көріңіз.',
  ru: 'Код неверен или устарел. Попробуйте войти ещё раз.',
  en: 'The code is not right or has run out. Please sign in again.',
});
export const linkUsedUp = defineRefusal('link-used-up', 'gone', {
  kk: 'Бұл сілтеме пайдаланылған немесе мерзімі өткен. Жаңасын сұраңыз.',
  ru: 'Эта ссылка уже использована или устарела. Запросите новую.',
  en: 'This link was already used or has run out. Please ask for a new one.',
});
export const foreignOrigin = defineRefusal('foreign-origin', 'forbidden', {
  kk: 'Сұрау басқа сайттан келді, сондықтан орындалмады.',
  ru: 'Запрос пришёл с другого сайта и не выполнен.',
  en: 'The request came from another site and was not carried out.',
});
export const personUnknown = defineRefusal('person-unknown', 'not-found', {
  kk: 'Мұндай адам жоқ.',
  ru: 'Такого человека нет.',
  en: 'There is no such person.',
});
export const staffSignInNeeded = defineRefusal('staff-sign-in-needed', 'forbidden', {
  kk: 'Қызметкер құпиясөзбен кіреді: шақыру сілтемесі жарамайды.',
  ru: 'Сотрудник входит по паролю: ссылка приглашения не подходит.',
  en: 'A member of staff signs in with the password: the link of an invitation is not enough.',
});

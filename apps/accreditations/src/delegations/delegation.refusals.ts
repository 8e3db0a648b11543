import { defineRefusal } from '#libs/kernel';

export const delegationUnknown = defineRefusal('delegation-unknown', 'not-found', {
  kk: 'Мұндай делегация жоқ.',
  ru: 'Такой делегации нет.',
  en: 'There is no such delegation.',
});
export const memberUnknown = defineRefusal('member-unknown', 'not-found', {
  kk: 'Делегацияда мұндай мүше жоқ.',
  ru: 'Такого участника в делегации нет.',
  en: 'There is no such member of the delegation.',
});
export const membersRefused = defineRefusal('members-refused', 'invalid', {
  kk: 'Тізімде қате бар: ешкім қосылған жоқ. Жолдарды түзетіп, қайта жіберіңіз.',
  ru: 'В списке есть ошибки: никто не добавлен. Исправьте строки и отправьте снова.',
  en: 'The list has mistakes: nobody was added. Please mend the rows and send it again.',
});
export const delegationTooLarge = defineRefusal('delegation-too-large', 'conflict', {
  kk: 'Делегацияда сонша орын жоқ.',
  ru: 'В делегации нет столько мест.',
  en: 'The delegation has not that many places.',
});
export const memberHandedIn = defineRefusal('member-handed-in', 'conflict', {
  kk: 'Бұл мүше өтінімін тапсырып қойған.',
  ru: 'Этот участник уже подал заявку.',
  en: 'This member has handed the application in already.',
});
export const completionLinkOver = defineRefusal('completion-link-over', 'gone', {
  kk: 'Бұл сілтеме пайдаланылған немесе мерзімі өткен. Поштаңызбен кіріңіз: өтінім сізді күтіп тұр.',
  ru: 'Эта ссылка уже использована или устарела. Войдите по почте: заявка вас ждёт.',
  en: 'This link was used or has run out. Please sign in with your e-mail address: the application is waiting.',
});
export const remindedAlready = defineRefusal('reminded-already', 'conflict', {
  kk: 'Бұл мүшеге хат таяуда ғана жіберілді: тәулігіне бір реттен, барлығы алтыдан артық емес.',
  ru: 'Этому участнику письмо уже отправлено: не чаще раза в сутки и не больше шести.',
  en: 'This member was written to already: once a day at most, and six times in all.',
});

import { defineRefusal } from '#libs/kernel';

export const shiftUnknown = defineRefusal('shift-unknown', 'not-found', {
  kk: 'Мұндай ауысым жоқ.',
  ru: 'Такой смены нет.',
  en: 'There is no such shift.',
});
/** Spoken by the database too. */
export const shiftClosed = defineRefusal('shift-closed', 'conflict', {
  kk: 'Бұл ауысым жабылған. Жаңасын ашыңыз.',
  ru: 'Эта смена закрыта. Откройте новую.',
  en: 'That shift is closed. Please open a new one.',
});
export const shiftNotYours = defineRefusal('shift-not-yours', 'forbidden', {
  kk: 'Бұл – басқа кассирдің ауысымы.',
  ru: 'Это смена другого кассира.',
  en: 'That is another clerk’s shift.',
});
export const shiftStillOpen = defineRefusal('shift-still-open', 'conflict', {
  kk: 'Ауысым әлі ашық: алдымен кассаны санап, жабыңыз.',
  ru: 'Смена ещё открыта: сначала пересчитайте кассу и закройте её.',
  en: 'The shift is still open: count the drawer and close it first.',
});
export const tillUnknown = defineRefusal('till-unknown', 'invalid', {
  kk: 'Мұндай касса жоқ.',
  ru: 'Такой кассы нет.',
  en: 'There is no such till.',
});
export const tillTaken = defineRefusal('till-taken', 'conflict', {
  kk: 'Бұл кассада басқа ауысым ашық.',
  ru: 'На этой кассе уже открыта другая смена.',
  en: 'Another shift is open at that till.',
});
export const clerkHasShift = defineRefusal('clerk-has-shift', 'conflict', {
  kk: 'Сізде ашық ауысым бар. Алдымен соны жабыңыз.',
  ru: 'У вас уже открыта смена. Сначала закройте её.',
  en: 'You have an open shift already. Please close it first.',
});
export const countDiffers = defineRefusal('count-differs', 'invalid', {
  kk: 'Купюралар мен тиындардың қосындысы жазылған сомаға тең емес.',
  ru: 'Купюры и монеты в сумме не дают указанного.',
  en: 'The notes and coins do not add up to the sum that you gave.',
});
export const salesUnresolved = defineRefusal('sales-unresolved', 'conflict', {
  kk: 'Терминал кей сатылым туралы жауап берген жоқ. Алдымен соны анықтаңыз.',
  ru: 'По некоторым продажам терминал ещё не ответил. Сначала выясните их исход.',
  en: 'The terminal has not answered for some sales. Please settle those first.',
});
export const leasesRun = defineRefusal('leases-run', 'conflict', {
  kk: 'Кассада берілген орындар бар. Алдымен сатылғанын жіберіп, қалғанын қайтарыңыз.',
  ru: 'За кассой числятся выданные места. Сначала отправьте продажи и верните остальное.',
  en: 'The counter still has leased seats. Report what was sold and return the rest first.',
});
export const signedByClerk = defineRefusal('signed-by-clerk', 'forbidden', {
  kk: 'Есепке кассирдің өзі емес, басқа адам қол қояды.',
  ru: 'Отчёт подписывает не сам кассир, а другой человек.',
  en: 'Somebody other than the clerk has to sign the report.',
});

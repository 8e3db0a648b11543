import { defineRefusal } from '#libs/kernel';

export const screeningUnknown = defineRefusal('screening-unknown', 'not-found', {
  kk: 'Мұндай сеанс жоқ.',
  ru: 'Такого сеанса нет.',
  en: 'There is no such screening.',
});
export const hallOverlap = defineRefusal('hall-overlap', 'conflict', {
  kk: 'Бұл залда сол уақытта басқа сеанс бар.',
  ru: 'В этом зале в это время идёт другой сеанс.',
  en: 'Another screening has this hall at that time.',
});
export const turnaroundTooShort = defineRefusal('turnaround-too-short', 'conflict', {
  kk: 'Сеанстар арасында кемінде 15 минут керек.',
  ru: 'Между сеансами в зале нужно не меньше 15 минут.',
  en: 'A hall needs at least 15 minutes between two screenings.',
});
export const hourIllegal = defineRefusal('hour-illegal', 'invalid', {
  kk: '21+ фильмді тек 22:00-ден кейін көрсетуге болады.',
  ru: 'Фильм 21+ можно показывать только после 22:00.',
  en: 'A film rated 21+ may start only after 22:00.',
});
export const stepIllegal = defineRefusal('screening-step-illegal', 'conflict', {
  kk: 'Бұл сеанс қазіргі күйінде мұны жасауға болмайды.',
  ru: 'В нынешнем состоянии сеанса это невозможно.',
  en: 'The screening’s present state does not allow this.',
});
export const screeningEmpty = defineRefusal('screening-empty', 'invalid', {
  kk: 'Сеансқа атау немесе кемінде бір бөлім керек.',
  ru: 'Сеансу нужно название или хотя бы одна часть.',
  en: 'A screening needs a title or at least one item.',
});
export const filmUnknown = defineRefusal('film-unknown', 'invalid', {
  kk: 'Бағдарламада мұндай фильм жоқ.',
  ru: 'Такого фильма нет в программе.',
  en: 'There is no such film in the programme.',
});
export const hallUnknown = defineRefusal('hall-unknown', 'invalid', {
  kk: 'Мұндай зал не оның орын жоспары жоқ.',
  ru: 'Такого зала или его схемы мест нет.',
  en: 'There is no such hall, or it has no seat plan.',
});
export const allocationTooLarge = defineRefusal('allocation-too-large', 'invalid', {
  kk: 'Бөлінген орындар залдағы орыннан көп.',
  ru: 'Квоты больше числа мест в зале.',
  en: 'The allocations ask for more seats than the hall has.',
});
export const sectionUnknown = defineRefusal('section-unknown', 'invalid', {
  kk: 'Бағдарламада мұндай бөлім жоқ.',
  ru: 'Такого раздела нет в программе.',
  en: 'There is no such section in the programme.',
});
export const moveNeeded = defineRefusal('screening-move-needed', 'conflict', {
  kk: 'Жарияланған сеанстың уақыты мен залы «ауыстыру» арқылы өзгереді.',
  ru: 'Время и зал объявленного сеанса меняют переносом.',
  en: 'Time, hall and plan of an announced screening are changed by moving it.',
});
export const screeningNotOver = defineRefusal('screening-not-over', 'conflict', {
  kk: 'Сеанс әлі аяқталған жоқ.',
  ru: 'Сеанс ещё не закончился.',
  en: 'The screening is not over yet.',
});
export const draftOnly = defineRefusal('screening-not-draft', 'conflict', {
  kk: 'Жарияланған сеанс жойылмайды, оны тек болдырмауға болады.',
  ru: 'Объявленный сеанс не удаляют, его можно только отменить.',
  en: 'A screening that was announced is not deleted; it can only be cancelled.',
});
export const allocationListUnknown = defineRefusal('allocation-list-unknown', 'invalid', {
  kk: 'Бағдарламада орын бөлудің мұндай тізімі жоқ.',
  ru: 'Такого списка квот нет в программе.',
  en: 'There is no such list of allocations in the programme.',
});
export const delayTooLong = defineRefusal('delay-too-long', 'conflict', {
  kk: 'Кешігу 60 минуттан аспайды; одан ұзағын ауыстыру арқылы жасаңыз.',
  ru: 'Задержка не бывает больше 60 минут; дольше — это уже перенос.',
  en: 'A delay is 60 minutes at most; more than that is a move.',
});
export const screeningMoving = defineRefusal('screening-moving', 'conflict', {
  kk: 'Сеанс қазір ауыстырылып жатыр. Алдымен соны аяқтаңыз.',
  ru: 'Сеанс сейчас переносят. Сначала завершите перенос.',
  en: 'The screening is being moved. Please finish that first.',
});

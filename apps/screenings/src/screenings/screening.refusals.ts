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

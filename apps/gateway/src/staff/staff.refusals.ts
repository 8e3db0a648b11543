import { defineRefusal } from '#libs/kernel';

export const lastAdmin = defineRefusal('last-admin', 'conflict', {
  kk: 'Бұл соңғы әкімші: рөлін алсаңыз, ешкім басқара алмайды. Алдымен басқа әкімші тағайындаңыз.',
  ru: 'Это последний администратор: без роли управлять станет некому. Сначала назначьте другого.',
  en: 'This is the last admin: without the role nobody could manage the house. Please appoint another one first.',
});
export const staffKnown = defineRefusal('staff-known', 'conflict', {
  kk: 'Бұл адам қызметкерлер тізімінде бар: рөлдерін сол жерде өзгертіңіз.',
  ru: 'Этот человек уже в списке сотрудников: измените его роли там.',
  en: 'This person is on the list of staff already: please change the roles there.',
});
export const passwordTooCommon = defineRefusal('password-too-simple', 'invalid', {
  kk: 'Құпиясөз тым оңай: пошта атауы немесе бір таңбаның қайталануы болмасын.',
  ru: 'Пароль слишком простой: не почта и не один повторённый знак.',
  en: 'The password is too simple: not the address and not one character repeated.',
});

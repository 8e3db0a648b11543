import { defineRefusal } from '#libs/kernel';

export const tooBusy = defineRefusal('too-busy', 'unavailable', {
  kk: 'Қазір келушілер тым көп. Бірнеше секундтан соң қайталаңыз.',
  ru: 'Сейчас очень много желающих. Повторите через несколько секунд.',
  en: 'Very many people are here right now. Please try again in a few seconds.',
});

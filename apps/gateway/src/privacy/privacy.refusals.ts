import { defineRefusal } from '#libs/kernel';

export const staffNotErased = defineRefusal('staff-not-erased', 'conflict', {
  kk: 'Қызметкердің рөлі бар кезде оны өшіруге болмайды: алдымен рөлдерін алып тастаңыз.',
  ru: 'Пока у человека есть роли сотрудника, стереть его нельзя: сначала снимите роли.',
  en: 'Somebody with a staff role can’t be erased: take the roles away first.',
});
export const exportIncomplete = defineRefusal('export-incomplete', 'unavailable', {
  kk: 'Деректердің бір бөлігі қазір қолжетімсіз. Кейінірек қайталап көріңіз.',
  ru: 'Часть данных сейчас недоступна. Попробуйте позже.',
  en: 'Part of the data can’t be read right now. Please try again later.',
});

import { type Language, plural } from '#libs/kernel';

interface TicketWords {
  ticket: string;
  when: string;
  doors: (time: string) => string;
  lateEntry: (time: string) => string;
  row: string;
  seat: string;
  place: string;
  anySeat: string;
  venue: string;
  kind: string;
  full: string;
  price: string;
  instead: (price: string) => string;
  free: string;
  order: string;
  show: string;
  entries: (count: number) => string;
  moves: string;
  guardian: (age: string | null) => string;
  refundUntil: (moment: string) => string;
  noRefund: string;
  ended: string;
  of: (index: number, count: number) => string;
}

/** What a ticket says in each language; drafts for a native editor. */
export const TICKET_WORDS: Record<Language, TicketWords> = {
  kk: {
    ticket: 'Билет',
    when: 'Күні мен уақыты',
    doors: (time) => `есік ашылуы ${time}`,
    lateEntry: (time) => `кешіккендерге кіру ${time} дейін`,
    row: 'Қатар',
    seat: 'Орын',
    place: 'Орын',
    anySeat: 'кез келген',
    venue: 'Алаң',
    kind: 'Билет түрі',
    full: 'Толық',
    price: 'Бағасы',
    instead: (price) => `${price} орнына`,
    free: 'Тегін',
    order: 'Тапсырыс',
    show: 'Кодты есікте көрсетіңіз. Басып шығармай, телефоннан да болады.',
    entries: (count) => `${count} кіру`,
    moves: 'Сеанс ауысса да, код жарамды.',
    guardian: (age) =>
      `Сеанс 22:00-ден кейін аяқталады: 18 жасқа дейінгілер ата-анасымен бірге кіреді.${age ? ` Жас шегі ${age}.` : ''}`,
    refundUntil: (moment) => `Қайтару мерзімі: ${moment}`,
    noRefund: 'Билет қайтарылмайды',
    ended: 'Билет енді жарамсыз',
    of: (index, count) => `билет ${index} / ${count}`,
  },
  ru: {
    ticket: 'Билет',
    when: 'Дата и время',
    doors: (time) => `двери с ${time}`,
    lateEntry: (time) => `опоздавших пускают до ${time}`,
    row: 'Ряд',
    seat: 'Место',
    place: 'Место',
    anySeat: 'любое',
    venue: 'Площадка',
    kind: 'Вид билета',
    full: 'Полный',
    price: 'Цена',
    instead: (price) => `вместо ${price}`,
    free: 'Бесплатно',
    order: 'Заказ',
    show: 'Покажите код на входе. Печатать не обязательно.',
    entries: (count) => `${count} ${plural(count, 'ru', { one: 'вход', few: 'входа', many: 'входов' })}`,
    moves: 'Если сеанс перенесут, код останется действительным.',
    guardian: (age) =>
      `Сеанс кончается после 22:00: до 18 лет — только с родителями или опекуном.${age ? ` Возраст ${age}.` : ''}`,
    refundUntil: (moment) => `Возврат до ${moment}`,
    noRefund: 'Билет возврату не подлежит',
    ended: 'Билет больше не действует',
    of: (index, count) => `билет ${index} / ${count}`,
  },
  en: {
    ticket: 'Ticket',
    when: 'Date and time',
    doors: (time) => `doors ${time}`,
    lateEntry: (time) => `late entry until ${time}`,
    row: 'Row',
    seat: 'Seat',
    place: 'Seat',
    anySeat: 'any',
    venue: 'Venue',
    kind: 'Ticket type',
    full: 'Full',
    price: 'Price',
    instead: (price) => `instead of ${price}`,
    free: 'Free',
    order: 'Order',
    show: 'Show this code at the door. A phone is fine.',
    entries: (count) => `${count} ${plural(count, 'en', { one: 'entry', many: 'entries' })}`,
    moves: 'If the screening moves, the code stays valid.',
    guardian: (age) => `Ends after 22:00: under 18 only with a parent or guardian.${age ? ` Age rating ${age}.` : ''}`,
    refundUntil: (moment) => `Returns until ${moment}`,
    noRefund: 'This ticket cannot be returned',
    ended: 'This ticket no longer works',
    of: (index, count) => `ticket ${index} / ${count}`,
  },
};

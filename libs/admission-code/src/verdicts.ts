/** One text in the three languages of a gate. */
export interface DoorText {
  kk: string;
  ru: string;
  en: string;
}

/** What is drawn inside the circle, octagon or triangle of a verdict. */
export type VerdictIcon =
  | 'tick'
  | 'back'
  | 'out'
  | 'cross'
  | 'twice'
  | 'forged'
  | 'clock'
  | 'elsewhere'
  | 'seat'
  | 'badge'
  | 'money'
  | 'people'
  | 'camera'
  | 'paper'
  | 'list';

/** What a gate answers. One row per verdict: the person is admitted, not, or a question waits for staff. */
export interface VerdictRow {
  admitted: 'yes' | 'no' | 'ask';
  colour: 'green' | 'red' | 'amber';
  icon: VerdictIcon;
  sound: 'ok' | 'refusal' | 'attention';
  /** Whether a house manager may let the person in all the same, with a reason and the own PIN. */
  overridable: boolean;
  text: DoorText;
  /** What staff do. */
  advice: DoorText;
}

type Look = Pick<VerdictRow, 'admitted' | 'colour' | 'sound' | 'overridable'>;
const YES: Look = { admitted: 'yes', colour: 'green', sound: 'ok', overridable: false };
const NO: Look = { admitted: 'no', colour: 'red', sound: 'refusal', overridable: false };
const NOT_NOW: Look = { admitted: 'no', colour: 'amber', sound: 'refusal', overridable: true };
const ASK: Look = { admitted: 'ask', colour: 'amber', sound: 'attention', overridable: true };
const unlessManager = (look: Look): Look => ({ ...look, overridable: true });

type Words = readonly [kk: string, ru: string, en: string];
const words = ([kk, ru, en]: Words): DoorText => ({ kk, ru, en });
const row = (look: Look, icon: VerdictIcon, text: Words, advice: Words): VerdictRow => ({
  ...look,
  icon,
  text: words(text),
  advice: words(advice),
});

export const VERDICTS = {
  ok: row(YES, 'tick', ['Өтіңіз', 'Проходите', 'Welcome'], ['Орнын айтыңыз.', 'Назовите место.', 'Name the seat.']),
  ok_reentry: row(
    YES,
    'back',
    ['Қайта кіру: өтіңіз', 'Повторный вход: проходите', 'Back again: welcome'],
    ['Орны бұрынғыдай.', 'Место прежнее.', 'The seat is the same.'],
  ),
  ok_exit: row(
    YES,
    'out',
    ['Шығу белгіленді', 'Выход отмечен', 'Exit noted'],
    ['Қайта кіру ережесін айтыңыз.', 'Напомните, можно ли вернуться.', 'Say whether they may come back.'],
  ),
  already_used: row(
    unlessManager(NO),
    'twice',
    ['Бұл кодпен кіріп қойған', 'По этому коду уже вошли', 'Already in with this code'],
    [
      'Уақыты мен есігін айтып, әкімшіні шақырыңыз.',
      'Назовите время и вход и позовите администратора.',
      'Say the time and the gate, and call the house manager.',
    ],
  ),
  unknown: row(
    NO,
    'cross',
    ['Бұл біздің код емес', 'Это не наш код', 'Not one of our codes'],
    [
      'Билетін тауып көрсетуін сұраңыз; билеті жоқ болса, кассаға жіберіңіз.',
      'Попросите найти билет; нет билета — в кассу.',
      'Ask for the ticket itself; without one, the box office.',
    ],
  ),
  bad_signature: row(
    NO,
    'forged',
    ['Код жалған', 'Код поддельный', 'The code is forged'],
    ['Өткізбеңіз, әкімшіні шақырыңыз.', 'Не впускайте, позовите администратора.', 'Keep out, call the house manager.'],
  ),
  unknown_key: row(
    NO,
    'forged',
    ['Кодтың кілті белгісіз', 'Ключ кода неизвестен', 'The code’s key is unknown'],
    [
      'Құрылғыны желіге қосып, қайта сканерлеңіз.',
      'Подключите устройство к сети и сканируйте снова.',
      'Bring the device online and scan again.',
    ],
  ),
  wrong_edition: row(
    NO,
    'elsewhere',
    ['Басқа фестивальдің коды', 'Код другого фестиваля', 'A code of another festival'],
    ['Осы фестивальдің билетін сұраңыз.', 'Попросите билет этого фестиваля.', 'Ask for this festival’s ticket.'],
  ),
  not_yet_valid: row(
    NOT_NOW,
    'clock',
    ['Есік әлі ашылған жоқ', 'Вход ещё не открыт', 'Doors are not open yet'],
    ['Есік ашылатын уақытты айтыңыз.', 'Назовите время открытия дверей.', 'Say when doors open.'],
  ),
  expired: row(
    unlessManager(NO),
    'clock',
    ['Кіру уақыты өтті', 'Время входа прошло', 'Entry time is over'],
    [
      'Кешіккенді өткізуді әкімші шешеді.',
      'Опоздавших впускает только администратор.',
      'Only the house manager lets latecomers in.',
    ],
  ),
  wrong_screening: row(
    { ...NOT_NOW, overridable: false },
    'elsewhere',
    ['Билет басқа сеансқа', 'Билет на другой сеанс', 'A ticket for another screening'],
    ['Қай зал, қай уақыт екенін көрсетіңіз.', 'Покажите, какой зал и время.', 'Show which hall and hour it is for.'],
  ),
  screening_changed: row(
    { ...NOT_NOW, overridable: false },
    'elsewhere',
    ['Сеанс ауыстырылды', 'Сеанс перенесён', 'The screening was moved'],
    [
      'Билет жарамды: жаңа залы мен уақытын көрсетіңіз.',
      'Билет действует: покажите новый зал и время.',
      'The ticket is good: show the new hall and hour.',
    ],
  ),
  seat_released: row(
    NOT_NOW,
    'seat',
    [
      'Орын кезектегілерге берілді: әкімші басқа орын табады немесе ақшасын қайтарады',
      'Место отдано очереди: администратор найдёт другое или вернёт деньги',
      'The seat went to the rush line: staff find another one or refund it',
    ],
    [
      'Кешіккенді кез келген бос орынға отырғызыңыз.',
      'Посадите на любое свободное место.',
      'Seat them on any free seat.',
    ],
  ),
  wrong_area: row(
    unlessManager(NO),
    'badge',
    ['Бұл бейдж бұл аймаққа жарамайды', 'Бейдж не открывает эту зону', 'The badge does not open this area'],
    ['Бейдждегі аймақтарды көрсетіңіз.', 'Покажите зоны на бейдже.', 'Point at the zones on the badge.'],
  ),
  function_not_allowed: row(
    unlessManager(NO),
    'badge',
    ['Бұл бейджбен мұнда кіруге болмайды', 'С этим бейджем сюда нельзя', 'This badge does not open this screening'],
    ['Билет алуды ұсыныңыз.', 'Предложите купить билет.', 'Offer a ticket.'],
  ),
  not_approved: row(
    unlessManager(NO),
    'badge',
    ['Аккредитация әлі мақұлданбаған', 'Аккредитация ещё не одобрена', 'The accreditation is not approved yet'],
    ['Аккредитация үстеліне жіберіңіз.', 'Направьте к столу аккредитации.', 'Send them to the accreditation desk.'],
  ),
  unpaid: row(
    unlessManager(NO),
    'money',
    ['Билет төленбеген', 'Билет не оплачен', 'The ticket is not paid for'],
    ['Кассаға жіберіңіз.', 'Направьте в кассу.', 'Send them to the box office.'],
  ),
  cancelled: row(
    NO,
    'cross',
    ['Билет жойылған', 'Билет отменён', 'The ticket was cancelled'],
    [
      'Қайтарылған, айырбасталған не басқаға берілген: жаңа билетін сұраңыз.',
      'Возвращён, обменян или передан: попросите новый билет.',
      'Refunded, exchanged or passed on: ask for the new ticket.',
    ],
  ),
  suspended: row(
    unlessManager(NO),
    'badge',
    ['Бейдж тоқтатылған', 'Бейдж приостановлен', 'The badge is suspended'],
    ['Аккредитация үстеліне жіберіңіз.', 'Направьте к столу аккредитации.', 'Send them to the accreditation desk.'],
  ),
  revoked: row(
    NO,
    'badge',
    ['Бейдж қайтарып алынған', 'Бейдж отозван', 'The badge was revoked'],
    ['Өткізбеңіз, әкімшіні шақырыңыз.', 'Не впускайте, позовите администратора.', 'Keep out, call the house manager.'],
  ),
  replaced: row(
    unlessManager(NO),
    'badge',
    ['Бейдж ауыстырылған', 'Бейдж заменён', 'The badge was replaced'],
    ['Жаңа бейджін көрсетсін.', 'Попросите новый бейдж.', 'Ask for the new badge.'],
  ),
  reported_lost: row(
    NO,
    'badge',
    ['Бейдж жоғалған деп хабарланған', 'Бейдж заявлен потерянным', 'The badge was reported lost'],
    [
      'Бейджді алып қалып, аккредитация үстелін шақырыңыз.',
      'Заберите бейдж и позовите стол аккредитации.',
      'Keep the badge and call the accreditation desk.',
    ],
  ),
  quota_exhausted: row(
    NOT_NOW,
    'people',
    [
      'Бұл бейджге арналған орындар толды',
      'Места для этой категории бейджей закончились',
      'The places for this kind of badge are taken',
    ],
    ['Босаған орындар кезегіне жіберіңіз.', 'Направьте в очередь на свободные места.', 'Send them to the rush line.'],
  ),
  needs_ticket_too: row(
    NOT_NOW,
    'seat',
    ['Бұл сеансқа орын брондалмаған', 'На этот сеанс нет брони', 'No booking for this screening'],
    [
      'Брон не билет керек: кезекке жіберіңіз.',
      'Нужна бронь или билет: в очередь.',
      'A booking or a ticket is needed: the rush line.',
    ],
  ),
  room_full: row(
    NOT_NOW,
    'people',
    ['Залда орын толды', 'Зал полон', 'The hall is full'],
    [
      'Өткізбей, әкімшіні шақырыңыз.',
      'Остановите вход, позовите администратора.',
      'Stop here and call the house manager.',
    ],
  ),
  photo_check_required: row(
    ASK,
    'camera',
    ['Суретімен салыстырыңыз', 'Сверьте с фото', 'Compare with the photo'],
    [
      'Желі болса экрандағы, болмаса бейдждегі суретпен салыстырыңыз.',
      'Есть сеть — с фото на экране, нет — с фото на бейдже.',
      'Online with the photo on screen, offline with the one on the badge.',
    ],
  ),
  proof_required: row(
    ASK,
    'paper',
    ['Жеңілдік құжатын сұраңыз', 'Попросите документ о льготе', 'Ask for proof of the concession'],
    [
      'Құжаты болмаса, айырмасын кассада төлейді.',
      'Нет документа — доплата в кассе.',
      'No proof: the difference is paid at the box office.',
    ],
  ),
  list_stale: row(
    ASK,
    'list',
    ['Тізім ескірген', 'Список устарел', 'The list is out of date'],
    [
      'Код шынайы, бірақ тізім ескі: әкімші шешеді.',
      'Код подлинный, но список старый: решает администратор.',
      'The code is genuine, the list is old: the house manager decides.',
    ],
  ),
} satisfies Record<string, VerdictRow>;

export type Verdict = keyof typeof VERDICTS;

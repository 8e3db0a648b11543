/** What a gate answers. One row per verdict: the person is admitted, not, or a question waits for staff. */
export interface VerdictRow {
  admitted: 'yes' | 'no' | 'ask';
  colour: 'green' | 'red' | 'amber';
  text: { kk: string; ru: string; en: string };
}

const row = (
  admitted: VerdictRow['admitted'],
  colour: VerdictRow['colour'],
  kk: string,
  ru: string,
  en: string,
): VerdictRow => ({ admitted, colour, text: { kk, ru, en } });

export const VERDICTS = {
  ok: row('yes', 'green', 'Өтіңіз', 'Проходите', 'Welcome'),
  ok_reentry: row('yes', 'green', 'Қайта кіру: өтіңіз', 'Повторный вход: проходите', 'Back again: welcome'),
  already_used: row('no', 'red', 'Бұл кодпен кіріп қойған', 'По этому коду уже вошли', 'Already in with this code'),
  unknown: row('no', 'red', 'Бұл біздің код емес', 'Это не наш код', 'Not one of our codes'),
  bad_signature: row('no', 'red', 'Код жалған', 'Код поддельный', 'The code is forged'),
  unknown_key: row('no', 'red', 'Кодтың кілті белгісіз', 'Ключ кода неизвестен', 'The code’s key is unknown'),
  wrong_edition: row('no', 'red', 'Басқа фестивальдің коды', 'Код другого фестиваля', 'A code of another festival'),
  not_yet_valid: row('no', 'amber', 'Есік әлі ашылған жоқ', 'Вход ещё не открыт', 'Doors are not open yet'),
  expired: row('no', 'red', 'Кіру уақыты өтті', 'Время входа прошло', 'Entry time is over'),
  wrong_screening: row('no', 'amber', 'Билет басқа сеансқа', 'Билет на другой сеанс', 'A ticket for another screening'),
  function_not_allowed: row(
    'no',
    'red',
    'Бұл бейджбен мұнда кіруге болмайды',
    'С этим бейджем сюда нельзя',
    'This badge does not open this screening',
  ),
  seat_released: row(
    'no',
    'amber',
    'Орын кезектегілерге берілді: әкімші басқа орын табады немесе ақшасын қайтарады',
    'Место отдано очереди: администратор найдёт другое или вернёт деньги',
    'The seat went to the rush line: staff find another one or refund it',
  ),
  quota_exhausted: row(
    'no',
    'amber',
    'Бұл бейджге арналған орындар толды',
    'Места для этой категории бейджей закончились',
    'The places for this kind of badge are taken',
  ),
  needs_ticket_too: row(
    'no',
    'amber',
    'Бұл сеансқа орын брондалмаған',
    'На этот сеанс нет брони',
    'No booking for this screening',
  ),
  cancelled: row('no', 'red', 'Билет жойылған', 'Билет отменён', 'The ticket was cancelled'),
  suspended: row('no', 'red', 'Бейдж тоқтатылған', 'Бейдж приостановлен', 'The badge is suspended'),
  revoked: row('no', 'red', 'Бейдж қайтарып алынған', 'Бейдж отозван', 'The badge was revoked'),
  replaced: row('no', 'red', 'Бейдж ауыстырылған', 'Бейдж заменён', 'The badge was replaced'),
  reported_lost: row(
    'no',
    'red',
    'Бейдж жоғалған деп хабарланған',
    'Бейдж заявлен потерянным',
    'The badge was reported lost',
  ),
} satisfies Record<string, VerdictRow>;

export type Verdict = keyof typeof VERDICTS;

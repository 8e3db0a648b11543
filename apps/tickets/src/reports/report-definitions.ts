import type { ReportName } from '#libs/contracts';
import type { Column, ColumnKind } from '#libs/documents';

export interface ReportDefinition {
  columns: Column[];
  /**
   * Columns in the order above; $1 edition, $2 language, $3 from, $4 until, $5 VAT per cent, $6 time zone.
   * bigint and numeric are cast, so that rows need no shaping.
   */
  sql: string;
}

function column(id: string, kind: ColumnKind, kk: string, ru: string, en: string): Column {
  return { id, kind, name: { kk, ru, en } };
}

const SCREENING = column('screening', 'text', 'Сеанс', 'Сеанс', 'Screening');
const TITLE = column('title', 'text', 'Атауы', 'Название', 'Title');
const STARTS = column('starts', 'instant', 'Басталуы', 'Начало', 'Starts');
const VENUE = column('venue', 'text', 'Алаң', 'Площадка', 'Venue');
const HALL = column('hall', 'text', 'Зал', 'Зал', 'Hall');
const KIND = column('kind', 'text', 'Билет түрі', 'Вид билета', 'Ticket type');
const ORDER = column('order', 'text', 'Тапсырыс', 'Заказ', 'Order');
const PROVIDER = column('provider', 'text', 'Төлем жүйесі', 'Платёжная система', 'Provider');
const CURRENCY = column('currency', 'text', 'Валюта', 'Валюта', 'Currency');
const VAT = column('vat', 'money', 'ҚҚС', 'НДС', 'VAT');
const NET = column('net', 'money', 'ҚҚС-сыз', 'Без НДС', 'Net of VAT');

const instant = (sql: string) => `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const between = (sql: string) =>
  `(${sql} >= $3::timestamptz OR $3 IS NULL) AND (${sql} < $4::timestamptz OR $4 IS NULL)`;
/** Parameters that a statement does not use must still have a type. */
const TYPES = `WITH given AS (SELECT $1::text AS edition, $2::text AS language, $3::timestamptz AS since, $4::timestamptz AS until, $5::int AS vat, $6::text AS zone)`;

/** `from` and `until` mean: sales, refunds and settlement when the money moved; cash when the shift opened; the others when the screening begins. */
export const REPORTS: Record<ReportName, ReportDefinition> = {
  sales: {
    columns: [
      column('paid', 'instant', 'Төленді', 'Оплачено', 'Paid'),
      ORDER,
      column('channel', 'text', 'Арна', 'Канал', 'Channel'),
      SCREENING,
      TITLE,
      STARTS,
      column('row', 'text', 'Қатар', 'Ряд', 'Row'),
      column('seat', 'text', 'Орын', 'Место', 'Seat'),
      column('category', 'text', 'Санат', 'Категория', 'Category'),
      KIND,
      column('list', 'money', 'Толық баға', 'Полная цена', 'List price'),
      column('amount', 'money', 'Бағасы', 'Цена', 'Price'),
      CURRENCY,
      column('reasons', 'text', 'Себебі', 'Причина', 'Reason'),
      column('promo', 'text', 'Промокод', 'Промокод', 'Promo code'),
      column('state', 'text', 'Күйі', 'Состояние', 'State'),
    ],
    sql: `${TYPES}
      SELECT ${instant('o.paid_at')}, o.number, o.channel, l.screening_id, s.data->'title'->>$2, ${instant('s.starts_at')},
             l.row_label, l.seat_label, l.category, l.kind, l.list_amount::float8, l.amount::float8, o.currency,
             (SELECT string_agg(r->'text'->>$2, '; ') FROM jsonb_array_elements(l.reasons) r
               WHERE r->>'rule' NOT IN ('category', 'rounding') AND (r->>'change')::bigint <> 0),
             p.code, coalesce(l.ended_as, 'sold')
        FROM orders o JOIN order_line l ON l.order_id = o.id
        LEFT JOIN screening_copy s ON s.screening_id = l.screening_id
        LEFT JOIN promo_code p ON p.id::text = o.promo
       WHERE o.edition_id = $1 AND o.paid_at IS NOT NULL AND ${between('o.paid_at')}
         AND EXISTS (SELECT 1 FROM ticket t WHERE t.order_id = o.id AND t.line_no = l.line_no)
       ORDER BY o.paid_at, o.id, l.line_no`,
  },
  occupancy: {
    columns: [
      SCREENING,
      TITLE,
      STARTS,
      VENUE,
      HALL,
      column('seats', 'number', 'Орын', 'Мест', 'Seats'),
      column('sold', 'number', 'Сатылды', 'Продано', 'Sold'),
      column('waiting', 'number', 'Төлем күтеді', 'Ждут оплаты', 'Awaiting payment'),
      column('booked', 'number', 'Бейджбен', 'По бейджам', 'Booked on badges'),
      column('kept', 'number', 'Сақталған', 'Отложено', 'Kept'),
      column('free', 'number', 'Бос', 'Свободно', 'Free'),
      column('admitted', 'number', 'Кірді', 'Вошли', 'Admitted'),
    ],
    sql: `${TYPES},
      claimed AS (
        SELECT c.screening_id,
               count(*) FILTER (WHERE c.owner_kind = 'order' AND t.id IS NOT NULL) AS sold,
               count(*) FILTER (WHERE c.owner_kind = 'order' AND t.id IS NULL) AS waiting,
               count(*) FILTER (WHERE c.owner_kind = 'booking') AS booked,
               count(*) FILTER (WHERE c.owner_kind NOT IN ('order', 'booking')) AS kept, count(*) AS taken
          FROM seat_claim c
          LEFT JOIN ticket t ON c.owner_kind = 'order' AND t.order_id = c.owner_id AND t.line_no = c.line_no AND t.state IN ('live', 'suspended')
         GROUP BY 1),
      entered AS (SELECT screening_id, count(*) AS n FROM scan WHERE verdict = 'ok' GROUP BY 1)
      SELECT s.screening_id, s.data->'title'->>$2, ${instant('s.starts_at')}, s.data->'venue'->'name'->>$2, s.data->'hall'->'name'->>$2,
             jsonb_array_length(p.seats), coalesce(c.sold, 0)::int, coalesce(c.waiting, 0)::int, coalesce(c.booked, 0)::int,
             coalesce(c.kept, 0)::int, (jsonb_array_length(p.seats) - coalesce(c.taken, 0))::int, coalesce(e.n, 0)::int
        FROM screening_copy s
        JOIN plan_copy p ON p.plan_id = s.data->>'planId' AND p.plan_version = (s.data->>'planVersion')::int
        LEFT JOIN claimed c USING (screening_id) LEFT JOIN entered e USING (screening_id)
       WHERE s.edition_id = $1 AND ${between('s.starts_at')} ORDER BY s.starts_at, s.screening_id`,
  },
  allocations: {
    columns: [
      SCREENING,
      TITLE,
      STARTS,
      column('allocation', 'text', 'Квота', 'Квота', 'Allocation'),
      column('classes', 'text', 'Кімге', 'Кому', 'Classes'),
      column('capacity', 'number', 'Көлемі', 'Объём', 'Capacity'),
      column('used', 'number', 'Алынды', 'Занято', 'Used'),
      column('left', 'number', 'Қалды', 'Осталось', 'Left'),
    ],
    sql: `${TYPES}
      SELECT s.screening_id, s.data->'title'->>$2, ${instant('s.starts_at')}, a->>'id',
             (SELECT string_agg(c, ', ') FROM jsonb_array_elements_text(a->'classes') c),
             l.capacity, l.used, l.capacity - l.used
        FROM screening_copy s CROSS JOIN LATERAL jsonb_array_elements(s.data->'allocations') a
        JOIN usage_limit l ON l.id = s.screening_id || ':' || (a->>'id')
       WHERE s.edition_id = $1 AND ${between('s.starts_at')} ORDER BY s.starts_at, s.screening_id, a->>'id'`,
  },
  'promo-codes': {
    columns: [
      column('code', 'text', 'Код', 'Код', 'Code'),
      column('name', 'text', 'Атауы', 'Название', 'Name'),
      column('uses', 'number', 'Қолданылды', 'Использовано', 'Used'),
      column('most', 'number', 'Ең көбі', 'Не больше', 'At most'),
      column('spent', 'money', 'Жеңілдік', 'Скидка', 'Discount'),
      column('budget', 'money', 'Бюджет', 'Бюджет', 'Budget'),
      column('orders', 'number', 'Төленген тапсырыс', 'Оплаченных заказов', 'Paid orders'),
    ],
    sql: `${TYPES}
      SELECT p.code, p.data->'name'->>$2, coalesce(u.used, 0), (p.data->>'maxUses')::int, coalesce(b.used, 0)::float8,
             (p.data->>'budget')::float8,
             (SELECT count(*) FROM orders o WHERE o.promo = p.id::text AND o.paid_at IS NOT NULL AND ${between('o.paid_at')})::int
        FROM promo_code p LEFT JOIN usage_limit u ON u.id = 'promo:' || p.id LEFT JOIN usage_limit b ON b.id = 'promo-budget:' || p.id
       WHERE p.edition_id = $1 ORDER BY p.code`,
  },
  refunds: {
    columns: [
      column('made', 'instant', 'Сұралды', 'Начат', 'Made'),
      column('done', 'instant', 'Қайтарылды', 'Возвращён', 'Done'),
      ORDER,
      PROVIDER,
      column('reason', 'text', 'Себебі', 'Причина', 'Reason'),
      column('amount', 'money', 'Сома', 'Сумма', 'Amount'),
      column('kept', 'money', 'Алым', 'Сбор', 'Kept fee'),
      CURRENCY,
      column('state', 'text', 'Күйі', 'Состояние', 'State'),
    ],
    sql: `${TYPES}
      SELECT ${instant('r.made_at')}, ${instant('r.done_at')}, o.number, coalesce(a.provider, 'by hand'), r.reason,
             r.amount::float8, r.kept_fee::float8, r.currency, r.state
        FROM refund r JOIN orders o ON o.id = r.order_id LEFT JOIN payment_attempt a ON a.id = r.attempt_id
       WHERE o.edition_id = $1 AND ${between('r.made_at')} ORDER BY r.made_at, r.id`,
  },
  settlement: {
    columns: [
      column('day', 'text', 'Күні', 'День', 'Day'),
      PROVIDER,
      column('captured', 'money', 'Түсті', 'Поступило', 'Captured'),
      column('refunded', 'money', 'Қайтарылды', 'Возвращено', 'Refunded'),
      column('chargedBack', 'money', 'Дау бойынша', 'По спорам', 'Charged back'),
      column('net', 'money', 'Қалдық', 'Итого', 'Net'),
      CURRENCY,
      column('entries', 'number', 'Жазба', 'Записей', 'Entries'),
    ],
    sql: `${TYPES}
      SELECT to_char(e.at AT TIME ZONE $6, 'YYYY-MM-DD'), substr(e.account, 10),
             coalesce(sum(e.amount) FILTER (WHERE e.reason LIKE 'captured%'), 0)::float8,
             coalesce(-sum(e.amount) FILTER (WHERE e.reason = 'refunded'), 0)::float8,
             coalesce(-sum(e.amount) FILTER (WHERE e.reason IN ('charged back', 'chargeback won')), 0)::float8,
             sum(e.amount)::float8, e.currency, count(*)::int
        FROM ledger_entry e JOIN orders o ON o.id = e.order_id
       WHERE o.edition_id = $1 AND e.account LIKE 'provider:%' AND ${between('e.at')}
       GROUP BY 1, 2, e.currency ORDER BY 1, 2, e.currency`,
  },
  cash: {
    columns: [
      column('opened', 'instant', 'Ауысым ашылды', 'Смена открыта', 'Shift opened'),
      column('closed', 'instant', 'Жабылды', 'Закрыта', 'Closed'),
      column('till', 'text', 'Касса', 'Касса', 'Till'),
      column('clerk', 'text', 'Кассир', 'Кассир', 'Clerk'),
      column('z', 'number', 'Z есебі', 'Z-отчёт', 'Z report'),
      column('float', 'money', 'Бастапқы ақша', 'Размен на начало', 'Float'),
      column('paidIn', 'money', 'Салынды', 'Внесено', 'Paid in'),
      column('paidOut', 'money', 'Алынды', 'Изъято', 'Paid out'),
      column('sold', 'money', 'Қолма-қол сатылым', 'Продажи наличными', 'Cash sales'),
      column('returned', 'money', 'Қайтарылды', 'Возвращено', 'Returned'),
      column('rounding', 'money', 'Дөңгелектеу', 'Округление', 'Rounding'),
      column('expected', 'money', 'Болуы керек', 'Должно быть', 'Expected'),
      column('counted', 'money', 'Саналды', 'Пересчитано', 'Counted'),
      column('difference', 'money', 'Айырма', 'Расхождение', 'Difference'),
      column('signed', 'text', 'Қол қойды', 'Подписал', 'Signed by'),
      CURRENCY,
    ],
    sql: `${TYPES}
      SELECT ${instant('s.opened_at')}, ${instant('s.closed_at')}, s.till, s.clerk, s.z_number, s.opening_float::float8, m.paid_in::float8,
             m.paid_out::float8, m.sold::float8, m.returned::float8, m.rounding::float8, s.expected::float8, s.counted::float8,
             (s.counted - s.expected)::float8, s.signed_by, s.currency
        FROM counter_shift s CROSS JOIN LATERAL (
          SELECT coalesce(sum(amount) FILTER (WHERE kind = 'pay-in'), 0) AS paid_in, coalesce(-sum(amount) FILTER (WHERE kind = 'pay-out'), 0) AS paid_out,
                 coalesce(sum(amount) FILTER (WHERE kind = 'sale'), 0) AS sold, coalesce(-sum(amount) FILTER (WHERE kind = 'refund'), 0) AS returned,
                 coalesce(sum(rounding), 0) AS rounding
            FROM drawer_movement WHERE shift_id = s.id) m
       WHERE s.edition_id = $1 AND s.state <> 'open' AND ${between('s.opened_at')} ORDER BY s.opened_at, s.id`,
  },
  films: {
    columns: [
      column('film', 'text', 'Фильм', 'Фильм', 'Film'),
      SCREENING,
      TITLE,
      STARTS,
      VENUE,
      HALL,
      column('films', 'number', 'Сеанстағы фильм', 'Фильмов в сеансе', 'Films in the show'),
      KIND,
      column('tickets', 'number', 'Билет', 'Билетов', 'Tickets'),
      column('admitted', 'number', 'Кірді', 'Вошли', 'Admitted'),
      column('gross', 'money', 'Түсім', 'Сбор', 'Gross'),
      VAT,
      NET,
      CURRENCY,
    ],
    sql: `${TYPES},
      sold AS (
        SELECT l.screening_id, l.kind, o.currency, count(*) AS tickets, sum(l.amount) AS gross,
               count(*) FILTER (WHERE EXISTS (SELECT 1 FROM scan c WHERE c.screening_id = l.screening_id AND c.serial = t.serial AND c.verdict = 'ok')) AS admitted
          FROM ticket t JOIN order_line l USING (order_id, line_no) JOIN orders o ON o.id = t.order_id
         WHERE o.edition_id = $1 AND t.state IN ('live', 'suspended') GROUP BY 1, 2, 3)
      SELECT coalesce(f.film, ''), s.screening_id, s.data->'title'->>$2, ${instant('s.starts_at')}, s.data->'venue'->'name'->>$2,
             s.data->'hall'->'name'->>$2, jsonb_array_length(s.data->'filmIds'), coalesce(x.kind, ''), coalesce(x.tickets, 0)::int,
             coalesce(x.admitted, 0)::int, coalesce(x.gross, 0)::float8, round(coalesce(x.gross, 0) * $5 / (100.0 + $5))::float8,
             (coalesce(x.gross, 0) - round(coalesce(x.gross, 0) * $5 / (100.0 + $5)))::float8, coalesce(x.currency, '')
        FROM screening_copy s LEFT JOIN LATERAL jsonb_array_elements_text(s.data->'filmIds') f(film) ON true
        LEFT JOIN sold x ON x.screening_id = s.screening_id
       WHERE s.edition_id = $1 AND ${between('s.starts_at')}
       ORDER BY 1, s.starts_at, s.screening_id, x.kind`,
  },
};

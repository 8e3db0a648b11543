import type { Order } from '#libs/contracts';
import { formatMoney, formatShortDayTime } from '#libs/kernel';
import { useWords } from '../../i18n';
import { ui } from '../../ui/parts';

/** What the order was for, in every state in which there are no tickets to show. */
export function OrderedSeats({ order }: { order: Order }) {
  const { t } = useWords();
  if (order.lines.length === 0) return null;
  const screenings = new Map<string, Order['lines']>();
  for (const line of order.lines) screenings.set(line.screeningId, [...(screenings.get(line.screeningId) ?? []), line]);
  return (
    <ul className={ui.stack}>
      {[...screenings].map(([screening, lines]) => (
        <li key={screening}>
          <Screening line={lines[0]!} />
          {lines.map((line) => (
            <p key={line.line} className="small tabular">
              {t('map.row', { row: line.row })}, {t('map.seat', { seat: line.seat })} ·{' '}
              {line.price.amount === 0 ? t('price.free') : formatMoney(line.price)}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Screening({ line }: { line: Order['lines'][number] }) {
  const { language } = useWords();
  return (
    <>
      <strong>{line.title[language]}</strong>
      <p className="small">
        {formatShortDayTime(new Date(line.startsAt), line.timezone, language)} · {line.venue[language]},{' '}
        {line.hall[language]}
      </p>
    </>
  );
}

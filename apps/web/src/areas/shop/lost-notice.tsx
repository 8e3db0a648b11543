import { useWords } from '../../i18n';
import type { Seat } from '../../seat-map/hall.rules';
import { Button, Notice } from '../../ui/parts';
import type { Trouble } from './use-hold';

/** What went wrong, and where seats went to somebody else: what is free beside them, one tap away. */
export function LostNotice({ trouble, onTake }: { trouble: Trouble; onTake(seats: Seat[]): void }) {
  const { t } = useWords();
  const { lost } = trouble;
  if (!lost) return <Notice tone="error">{trouble.text}</Notice>;
  const { replacement } = lost;
  const fresh = replacement?.fresh.map((seat) => seat.number).join(', ') ?? '';
  return (
    <Notice tone="error" title={trouble.text}>
      <p>
        {!replacement && t('hold.none-beside')}
        {replacement?.sameRow && t('hold.beside', { seats: fresh })}
        {replacement &&
          !replacement.sameRow &&
          t('hold.nearby', { row: replacement.fresh[0]?.row ?? '', seats: fresh })}
      </p>
      {replacement && <Button onClick={() => onTake(replacement.seats)}>{t('hold.take-instead')}</Button>}
    </Notice>
  );
}

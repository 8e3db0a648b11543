import { useEffect, useRef } from 'react';
import { useWords } from '../../i18n';
import type { Seat } from '../../seat-map/hall.rules';
import { Button, Notice } from '../../ui/parts';
import type { Trouble } from './use-hold';

/** What went wrong, and where seats went to somebody else: what is free beside them, one tap away. */
export function LostNotice({ trouble, onTake }: { trouble: Trouble; onTake(seats: Seat[]): void }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div ref={place}>
      {trouble.lost ? (
        <Lost trouble={trouble} lost={trouble.lost} onTake={onTake} />
      ) : (
        <Notice tone="error">{trouble.text}</Notice>
      )}
    </div>
  );
}

interface LostProps {
  trouble: Trouble;
  lost: NonNullable<Trouble['lost']>;
  onTake(seats: Seat[]): void;
}

function Lost({ trouble, lost: { replacement }, onTake }: LostProps) {
  const { t } = useWords();
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

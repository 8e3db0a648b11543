import { useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n';
import type { Seat, SeatState } from './hall.rules';

/** Nobody is told more often than this. */
const QUIET_MS = 10_000;

interface Props {
  seats: Seat[];
  stateOf(seat: Seat): SeatState;
  shows(seat: Seat): boolean;
}

/** Says politely how many of the seats in view others have taken or given back meanwhile. */
export function SpokenChanges({ seats, stateOf, shows }: Props) {
  const { count } = useWords();
  const known = useRef(new Map<string, SeatState>());
  const changes = useRef({ gone: new Set<string>(), back: new Set<string>() });
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [told, setTold] = useState({ gone: 0, back: 0 });
  useEffect(() => {
    for (const seat of seats) {
      const state = stateOf(seat);
      const before = known.current.get(seat.id);
      known.current.set(seat.id, state);
      if (!before || before === state || before === 'y' || state === 'y' || !shows(seat)) continue;
      const { gone, back } = changes.current;
      (before === 'f' ? gone : back).add(seat.id);
      (before === 'f' ? back : gone).delete(seat.id);
    }
    const { gone, back } = changes.current;
    if (gone.size + back.size === 0) return;
    waiting.current ??= setTimeout(() => {
      waiting.current = undefined;
      setTold({ gone: changes.current.gone.size, back: changes.current.back.size });
      changes.current = { gone: new Set(), back: new Set() };
    }, QUIET_MS);
  }, [seats, stateOf, shows]);
  useEffect(() => () => clearTimeout(waiting.current), []);
  return (
    <p className="visually-hidden" role="status">
      {[told.gone > 0 && count('map.gone', told.gone), told.back > 0 && count('map.back', told.back)]
        .filter(Boolean)
        .join(' ')}
    </p>
  );
}

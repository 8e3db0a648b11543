import { useEffect, useState } from 'react';

const LONGEST_WAIT_MS = 500;

/** Moments that a browser has to spare; those without the call (Safari) get the next task instead. */
const whenIdle: (work: () => void) => void =
  typeof requestIdleCallback === 'function'
    ? (work) => void requestIdleCallback(work, { timeout: LONGEST_WAIT_MS })
    : (work) => void setTimeout(work);

const waiting: (() => void)[] = [];

function next(): void {
  waiting.shift()?.();
  if (waiting.length > 0) whenIdle(next);
}

/** True once it is this drawing's turn: a page of posters is drawn one by one between the reader's own moves. */
export function useTurn(): boolean {
  const [mine, setMine] = useState(false);
  useEffect(() => {
    const turn = () => setMine(true);
    waiting.push(turn);
    if (waiting.length === 1) whenIdle(next);
    return () => {
      const at = waiting.indexOf(turn);
      if (at >= 0) waiting.splice(at, 1);
    };
  }, []);
  return mine;
}

import { type KeyboardEvent, useRef } from 'react';
import { formatDay, formatShortWeekday } from '#libs/kernel';
import { RIDGE } from '#libs/poster';
import { useWords } from '../../i18n';
import hero from './hero.module.css';

interface Day {
  date: string;
  shows: number;
}

/** The heights on both sides of each of `parts` equal parts of the festival's ridge. */
function ridgePart(index: number, parts: number): string {
  const at = (x: number) => {
    const place = x * (RIDGE.length - 1);
    const [low, high] = [Math.floor(place), Math.min(RIDGE.length - 1, Math.floor(place) + 1)];
    return RIDGE[low]! + (RIDGE[high]! - RIDGE[low]!) * (place - low);
  };
  const [from, to] = [index / parts, (index + 1) / parts];
  const inner = RIDGE.map((_, i) => i / (RIDGE.length - 1)).filter((x) => x > from && x < to);
  const points = [from, ...inner, to].map(
    (x) => `${(((x - from) / (to - from)) * 100).toFixed(2)} ${(46 - at(x) * 46).toFixed(2)}`,
  );
  return `M0 100L${points.join('L')}L100 100Z`;
}

/** Seven days along one ridge; the chosen part wears the page's colour and runs into the list. */
export function DayRidge({ days, chosen, onChoose }: { days: Day[]; chosen: string; onChoose(date: string): void }) {
  const { t, language, count } = useWords();
  const tabs = useRef(new Map<string, HTMLButtonElement>());
  function move(event: KeyboardEvent, index: number) {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -index, End: days.length - 1 - index }[event.key];
    const next = step === undefined ? undefined : days[(index + step + days.length) % days.length];
    if (!next) return;
    event.preventDefault();
    onChoose(next.date);
    tabs.current.get(next.date)?.focus();
  }
  return (
    <div className={hero.days} role="tablist" aria-label={t('programme.days')}>
      {days.map(({ date, shows }, i) => (
        <button
          key={date}
          ref={(element) => {
            if (element) tabs.current.set(date, element);
          }}
          id={`day-${date}`}
          type="button"
          role="tab"
          aria-selected={date === chosen}
          aria-controls="day"
          aria-label={`${formatDay(date, language)}, ${count('programme.shows', shows)}`}
          tabIndex={date === chosen ? 0 : -1}
          className={hero.dayTab}
          data-empty={shows === 0 || undefined}
          onClick={() => onChoose(date)}
          onKeyDown={(event) => move(event, i)}
        >
          <svg className={hero.dayRidge} viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            <path d={ridgePart(i, days.length)} />
          </svg>
          <span className={hero.dayWeek}>{formatShortWeekday(date, language)}</span>
          <span className={`${hero.dayNumber} display`}>{Number(date.slice(8))}</span>
          <span className={hero.dayShows}>{count('programme.shows', shows)}</span>
        </button>
      ))}
    </div>
  );
}

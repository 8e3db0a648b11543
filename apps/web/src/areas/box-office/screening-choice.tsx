import { type ReactNode, type RefObject, useState } from 'react';
import type { Programme, ScreeningView } from '#libs/contracts';
import { formatDay, formatShortDay, searchAmong, venueDate, venueTime } from '#libs/kernel';
import { useWords } from '../../i18n';
import { SearchField } from '../../ui/fields';
import { Empty } from '../../ui/parts';
import { Cap } from './cap';
import { KeysButton } from './keys';
import { NUMBERED } from './keys.rules';
import styles from './sale.module.css';

interface CardProps {
  screening: ScreeningView;
  programme: Programme;
  free: number | undefined;
  cap?: string;
  open?: boolean;
  /** Another day than today's stands on the card. */
  withDay?: boolean;
  onOpen(): void;
}

/** A screening to press: hour, title, hall, and how many seats are left. */
export function ScreeningCard({ screening, programme, free, cap, open, withDay, onOpen }: CardProps) {
  const { t, language, count } = useWords();
  const venue = programme.venues.find((one) => one.id === screening.venueId);
  const hall = venue?.halls.find((one) => one.id === screening.hallId);
  const starts = new Date(screening.startsAt);
  const day = withDay ? `${formatShortDay(venueDate(starts, screening.timezone), language)} · ` : '';
  return (
    <button
      type="button"
      className={styles.screening}
      aria-pressed={open ?? false}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onOpen}
    >
      <span className={styles.screeningHead}>
        <span className={`${styles.hour} tabular`}>{venueTime(starts, screening.timezone)}</span>
        <strong>{screening.title[language]}</strong>
        {cap && <Cap>{cap}</Cap>}
      </span>
      <span className={styles.screeningPlace}>
        {day}
        {venue?.name[language]}, {hall?.name[language]}
        {free !== undefined && ` · ${free === 0 ? t('counter.sold-out') : count('seats.some', free)}`}
      </span>
    </button>
  );
}

interface Props {
  programme: Programme;
  today: ScreeningView[];
  all: ScreeningView[];
  free: (id: string) => number | undefined;
  search: RefObject<HTMLInputElement | null>;
  /** What the choice is for, where it is not simply for a sale. */
  notice: ReactNode;
  onOpen(id: string): void;
}

const MOST_FOUND = 24;

/** Before a sale: today's screenings by number, every other one by its title. */
export function ScreeningChoice({ programme, today, all, free, search, notice, onOpen }: Props) {
  const { t, language } = useWords();
  const [typed, setTyped] = useState('');
  const textOf = (one: ScreeningView) => {
    const films = one.items.map(({ filmId }) => programme.films.find(({ id }) => id === filmId));
    const names = films.flatMap((film) => [film?.original ?? '', ...Object.values(film?.title ?? {})]);
    return [...Object.values(one.title), ...names].join(' ');
  };
  const found = typed.trim() ? searchAmong(all, textOf, typed).found.slice(0, MOST_FOUND) : null;
  const first = today[0];
  return (
    <section className={styles.choice} aria-labelledby="choice">
      <header className={styles.choiceHead}>
        <h1 id="choice">
          {first
            ? t('counter.screenings-of', {
                day: formatDay(venueDate(new Date(first.startsAt), first.timezone), language),
              })
            : t('counter.no-screenings')}
        </h1>
        <KeysButton stage="screenings" />
      </header>
      {notice}
      <form
        className={styles.search}
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          if (found?.[0]) onOpen(found[0].id);
        }}
      >
        <SearchField
          ref={search}
          label={t('counter.search-screening')}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            setTyped('');
            event.currentTarget.blur();
          }}
        />
        <Cap>/</Cap>
      </form>
      {found?.length === 0 && <Empty title={t('counter.none-found')} />}
      <div className={styles.cards}>
        {(found ?? today).map((screening, n) => (
          <ScreeningCard
            key={screening.id}
            screening={screening}
            programme={programme}
            free={free(screening.id)}
            withDay={found !== null}
            {...(!found && n < NUMBERED && { cap: String(n + 1) })}
            onOpen={() => onOpen(screening.id)}
          />
        ))}
      </div>
    </section>
  );
}

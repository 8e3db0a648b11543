import type { Programme } from '#libs/contracts';
import { compareIn } from '#libs/kernel';
import { useWords } from '../../i18n';
import { tongueName } from '../../i18n/places';
import { Chip, Segmented } from '../../ui/choices';
import { SearchField } from '../../ui/fields';
import { Icon, SectionSign } from '../../ui/icon';
import { ui } from '../../ui/parts';
import { activeFilters, type Filter, NO_FILTER, type Show } from './programme.rules';
import styles from './shop.module.css';

export type ProgrammeView = 'time' | 'hall';

interface Props {
  programme: Programme;
  /** What may be shown: a day, or all that a search found. */
  shows: Show[];
  filter: Filter;
  onFilter(filter: Filter): void;
  /** How many of the shows would be left with this filter. */
  left(filter: Filter): number;
  typed: string;
  onType(text: string): void;
  view: ProgrammeView;
  onView(view: ProgrammeView): void;
}

/** Search, chips with what each would leave, and by time or by hall. */
export function Filters({ programme, shows, filter, onFilter, left, typed, onType, view, onView }: Props) {
  const { t, language } = useWords();
  const active = activeFilters(filter);
  const set = (change: Partial<Filter>) => onFilter({ ...filter, ...change });
  const order = compareIn(language);
  const tongues = [...new Set(shows.flatMap(({ screening }) => [...screening.subtitles, ...screening.languages]))];
  const choice = (id: keyof Filter, label: string, options: { id: string; name: string }[]) => (
    <ChipSelect
      label={label}
      value={String(filter[id] ?? '')}
      options={options
        .map((one) => ({ ...one, count: left({ ...filter, [id]: one.id }) }))
        .filter((one) => one.count > 0 || one.id === filter[id])
        .sort((a, b) => order(a.name, b.name))}
      onChoose={(value) => set({ [id]: value || null })}
    />
  );
  return (
    <div className={styles.finder}>
      <div className={styles.finderTop}>
        <SearchField label={t('programme.search')} value={typed} onChange={(event) => onType(event.target.value)} />
        <Segmented
          label={t('map.view')}
          options={[
            { value: 'time', label: t('programme.by-time'), icon: 'clock' },
            { value: 'hall', label: t('programme.by-hall'), icon: 'place' },
          ]}
          value={view}
          onChoose={onView}
        />
      </div>
      <div className={styles.filters} role="group" aria-label={t('filter.label')}>
        <button type="button" className={ui.chip} aria-pressed={active === 0} onClick={() => onFilter(NO_FILTER)}>
          {active === 0 ? t('filter.all') : `${t('filter.all')} · ${active}`}
        </button>
        {programme.sections
          .filter((section) => section.sign)
          .map((section) => {
            const on = filter.section === section.id;
            return (
              <button
                key={section.id}
                type="button"
                className={ui.chip}
                aria-pressed={on}
                onClick={() => set({ section: on ? null : section.id })}
              >
                {on ? <Icon name="check" /> : <SectionSign sign={section.sign} />}
                {section.name[language]}
                <Count n={left({ ...filter, section: section.id })} />
              </button>
            );
          })}
        {choice(
          'venue',
          t('filter.venue'),
          programme.venues.map((venue) => ({ id: venue.id, name: venue.name[language] })),
        )}
        {choice(
          'film',
          t('filter.film'),
          programme.films.map((film) => ({ id: film.id, name: film.title[language] })),
        )}
        {choice(
          'tongue',
          t('filter.tongue'),
          tongues.map((code) => ({ id: code, name: tongueName(code, language) })),
        )}
        <Chip
          on={filter.withSeats}
          icon="seat"
          count={left({ ...filter, withSeats: true })}
          onToggle={() => set({ withSeats: !filter.withSeats })}
        >
          {t('filter.with-seats')}
        </Chip>
        <Chip
          on={filter.stepFree}
          icon="wheelchair"
          count={left({ ...filter, stepFree: true })}
          onToggle={() => set({ stepFree: !filter.stepFree })}
        >
          {t('filter.step-free')}
        </Chip>
      </div>
    </div>
  );
}

function Count({ n }: { n: number }) {
  return <span className={`${styles.chipCount} tabular`}>{n}</span>;
}

interface ChipSelectProps {
  label: string;
  value: string;
  options: { id: string; name: string; count: number }[];
  onChoose(value: string): void;
}

function ChipSelect({ label, value, options, onChoose }: ChipSelectProps) {
  return (
    <span className={styles.chipSelect} data-on={value !== '' || undefined}>
      <select className={ui.chip} aria-label={label} value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value="">{label}</option>
        {options.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name} · {one.count}
          </option>
        ))}
      </select>
      <Icon name="down" />
    </span>
  );
}

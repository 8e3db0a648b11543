import type { Programme } from '#libs/contracts';
import { useWords } from '../../i18n';
import { Icon, SectionSign } from '../../ui/icon';
import { ui } from '../../ui/parts';
import { activeFilters, type Filter, NO_FILTER } from './programme.rules';
import styles from './shop.module.css';

interface Props {
  programme: Programme;
  filter: Filter;
  onChange(filter: Filter): void;
}

export function Filters({ programme, filter, onChange }: Props) {
  const { t, language } = useWords();
  const active = activeFilters(filter);
  const set = (change: Partial<Filter>) => onChange({ ...filter, ...change });
  const chip = (on: boolean) => ({ type: 'button' as const, className: ui.chip, 'aria-pressed': on });
  const venues = programme.venues.filter((venue) => programme.screenings.some((s) => s.venueId === venue.id));
  return (
    <div className={styles.filters} role="group" aria-label={t('filter.label')}>
      <button {...chip(active === 0)} onClick={() => onChange(NO_FILTER)}>
        {active === 0 ? t('filter.all') : `${t('filter.all')} · ${active}`}
      </button>
      {programme.sections
        .filter((section) => section.sign)
        .map((section) => (
          <button
            key={section.id}
            {...chip(filter.section === section.id)}
            onClick={() => set({ section: filter.section === section.id ? null : section.id })}
          >
            <SectionSign sign={section.sign} />
            {section.name[language]}
          </button>
        ))}
      <span className={styles.chipSelect}>
        <select
          className={ui.chip}
          aria-label={t('filter.venue')}
          value={filter.venue ?? ''}
          onChange={(event) => set({ venue: event.target.value || null })}
        >
          <option value="">{t('filter.venue')}</option>
          {venues.map((venue) => (
            <option key={venue.id} value={venue.id}>
              {venue.name[language]}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </span>
      <button {...chip(filter.subtitles === 'kk')} onClick={() => set({ subtitles: filter.subtitles ? null : 'kk' })}>
        <Icon name={filter.subtitles ? 'check' : 'subtitles'} />
        {t('filter.kazakh')}
      </button>
      <button {...chip(filter.withSeats)} onClick={() => set({ withSeats: !filter.withSeats })}>
        <Icon name={filter.withSeats ? 'check' : 'seat'} />
        {t('filter.with-seats')}
      </button>
      <button {...chip(filter.stepFree)} onClick={() => set({ stepFree: !filter.stepFree })}>
        <Icon name={filter.stepFree ? 'check' : 'wheelchair'} />
        {t('filter.step-free')}
      </button>
    </div>
  );
}

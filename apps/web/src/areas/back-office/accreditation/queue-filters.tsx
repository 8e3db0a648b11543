import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { COUNTRY_CODES } from '#libs/kernel';
import { categoriesQuery } from '../../../api/accreditations-applicant.api';
import { dropFilter, filtersQuery, type QueueFilter, saveFilter } from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { countryName } from '../../../i18n/places';
import { Chip, Chips } from '../../../ui/choices';
import { Trouble } from '../../../ui/data-table';
import { SearchField, Select } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { Button, Field, ui } from '../../../ui/parts';
import styles from './office-accreditation.module.css';
import { addressOf, SHOWN_STATES } from './queue.rules';
import { useReviewWords } from './review-words';

const PAUSE_MS = 300;

interface FiltersProps {
  edition: string;
  filter: QueueFilter;
  counts: Record<string, number>;
  onChange(address: Record<string, string>): void;
}

/** What of the queue is shown: states with their counts, and behind "more" everything else; a filter can be kept. */
export function QueueFilters({ edition, filter, counts, onChange }: FiltersProps) {
  const { t } = useWords();
  const stateWords = useReviewWords();
  const [more, setMore] = useState(false);
  const [typed, setTyped] = useState(filter.search ?? '');
  const set = (part: Partial<QueueFilter>) => onChange(addressOf({ ...filter, ...part }));
  useEffect(() => {
    if (typed === (filter.search ?? '')) return;
    const timer = setTimeout(() => onChange(addressOf({ ...filter, search: typed })), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, filter, onChange]);
  const hidden = [filter.category, filter.outlet, filter.country].filter(Boolean).length;
  return (
    <div className={ui.stack}>
      <div className={styles.search}>
        <SearchField label={t('decide.search')} value={typed} onChange={(event) => setTyped(event.target.value)} />
        <Button kind="outline" aria-expanded={more} onClick={() => setMore(!more)}>
          <Icon name="filter" /> {hidden > 0 ? t('decide.filters-on', { n: hidden }) : t('decide.filters')}
        </Button>
      </div>
      <Chips label={t('decide.states')}>
        <Chip on={!filter.state} onToggle={() => set({ state: undefined })}>
          {t('filter.all')}
        </Chip>
        {SHOWN_STATES.filter((state) => counts[state] || filter.state === state).map((state) => (
          <Chip
            key={state}
            on={filter.state === state}
            count={counts[state] ?? 0}
            onToggle={() => set({ state: filter.state === state ? undefined : state })}
          >
            {stateWords(state).word}
          </Chip>
        ))}
        <Chip
          on={filter.reviewer === 'me'}
          onToggle={() => set({ reviewer: filter.reviewer === 'me' ? undefined : 'me' })}
        >
          {t('decide.mine')}
        </Chip>
        <Chip on={filter.papers === 'missing'} onToggle={() => set({ papers: filter.papers ? undefined : 'missing' })}>
          {t('decide.papers-missing')}
        </Chip>
      </Chips>
      {more && <MoreFilters edition={edition} filter={filter} set={set} onChange={onChange} />}
      <Kept edition={edition} filter={filter} onChange={onChange} />
    </div>
  );
}

function MoreFilters({
  edition,
  filter,
  set,
  onChange,
}: Omit<FiltersProps, 'counts'> & { set(part: Partial<QueueFilter>): void }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const { data: categories } = useQuery(categoriesQuery(edition));
  const save = useMutation({
    mutationFn: (name: string) => saveFilter({ edition, name, filter }),
    onSettled: () => client.invalidateQueries({ queryKey: filtersQuery(edition).queryKey }),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const name = String(data.get('name')).trim();
    if (name) save.mutate(name, { onSuccess: () => form.reset() });
  }
  return (
    <div className={styles.more}>
      <Select
        label={t('decide.category')}
        value={filter.category ?? ''}
        onChange={(event) => set({ category: event.target.value || undefined })}
      >
        <option value="">{t('filter.all')}</option>
        {categories?.categories.map((category) => (
          <option key={category.id} value={category.id}>
            {category.name[language]}
          </option>
        ))}
      </Select>
      <Select
        label={t('decide.country')}
        value={filter.country ?? ''}
        onChange={(event) => set({ country: event.target.value || undefined })}
      >
        <option value="">{t('filter.all')}</option>
        {COUNTRY_CODES.map((code) => (
          <option key={code} value={code}>
            {countryName(code, language)}
          </option>
        ))}
      </Select>
      <Select
        label={t('decide.reviewer')}
        value={filter.reviewer ?? ''}
        onChange={(event) => set({ reviewer: event.target.value || undefined })}
      >
        <option value="">{t('filter.all')}</option>
        <option value="me">{t('decide.mine')}</option>
        <option value="nobody">{t('decide.nobodys')}</option>
      </Select>
      <Field
        key={filter.outlet}
        label={t('decide.outlet')}
        defaultValue={filter.outlet ?? ''}
        onBlur={(event) => set({ outlet: event.target.value.trim() || undefined })}
      />
      <form className={styles.keep} onSubmit={submit}>
        <Field label={t('decide.filter-name')} name="name" maxLength={80} />
        <Button type="submit" kind="outline" busy={save.isPending}>
          {t('decide.keep-filter')}
        </Button>
        <Button kind="quiet" onClick={() => onChange({})}>
          {t('decide.no-filter')}
        </Button>
      </form>
      {save.error && <Trouble error={save.error} />}
    </div>
  );
}

function Kept({ edition, filter, onChange }: Omit<FiltersProps, 'counts'>) {
  const { t } = useWords();
  const client = useQueryClient();
  const { data } = useQuery(filtersQuery(edition));
  const drop = useMutation({
    mutationFn: dropFilter,
    onSettled: () => client.invalidateQueries({ queryKey: filtersQuery(edition).queryKey }),
  });
  if (!data || data.filters.length === 0) return null;
  const now = JSON.stringify(addressOf(filter));
  return (
    <Chips label={t('decide.kept-filters')}>
      {data.filters.map((kept) => {
        const on = JSON.stringify(addressOf(kept.filter)) === now;
        return (
          <span key={kept.id} className={styles.keptFilter}>
            <Chip on={on} icon="filter" onToggle={() => onChange(on ? {} : addressOf(kept.filter))}>
              {kept.name}
            </Chip>
            {on && (
              <Button
                kind="quiet"
                aria-label={t('decide.drop-filter', { name: kept.name })}
                onClick={() => drop.mutate(kept.id, { onSuccess: () => onChange({}) })}
              >
                <Icon name="bin" />
              </Button>
            )}
          </span>
        );
      })}
    </Chips>
  );
}

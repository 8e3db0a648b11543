import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RegisterDevice } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { programmeQuery } from '../../../../api/screenings.api';
import { useWords } from '../../../../i18n';
import { Chip, Chips } from '../../../../ui/choices';
import { CheckBox, RadioCards, SearchField } from '../../../../ui/fields';
import { ui } from '../../../../ui/parts';
import styles from './devices.module.css';

export type Scope = Pick<RegisterDevice, 'halls' | 'screenings' | 'areas'>;
type Where = 'everywhere' | 'halls' | 'screenings' | 'area';
const AREAS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
const MOST_SHOWN = 30;

const toggled = (list: readonly string[] | undefined, one: string) =>
  list?.includes(one) ? list.filter((other) => other !== one) : [...(list ?? []), one];

/** Where a scanner works, and which areas lie behind its gate. */
export function ScopeFields({ value, onChange }: { value: Scope; onChange(scope: Scope): void }) {
  const { t } = useWords();
  const [areaAlone, setAreaAlone] = useState(false);
  const where: Where = areaAlone ? 'area' : value.halls ? 'halls' : value.screenings ? 'screenings' : 'everywhere';
  const choose = (next: Where) => {
    setAreaAlone(next === 'area');
    onChange({
      ...(value.areas && { areas: value.areas }),
      ...(next === 'halls' && { halls: [] }),
      ...((next === 'screenings' || next === 'area') && { screenings: [] }),
    });
  };
  return (
    <>
      <RadioCards
        legend={t('door.where')}
        options={[
          { value: 'everywhere', label: t('door.everywhere') },
          { value: 'halls', label: t('door.in-halls') },
          { value: 'screenings', label: t('door.at-screenings') },
          { value: 'area', label: t('door.at-area'), hint: t('door.at-area-hint') },
        ]}
        value={where}
        onChoose={choose}
      />
      {where === 'halls' && (
        <Halls chosen={value.halls ?? []} onToggle={(id) => onChange({ ...value, halls: toggled(value.halls, id) })} />
      )}
      {where === 'screenings' && (
        <Screenings
          chosen={value.screenings ?? []}
          onToggle={(id) => onChange({ ...value, screenings: toggled(value.screenings, id) })}
        />
      )}
      <div className={ui.field}>
        <span className={ui.label}>{t('door.areas')}</span>
        <span className={ui.hint}>{where === 'area' ? t('door.areas-needed') : t('door.areas-hint')}</span>
        <Chips label={t('door.areas')}>
          {AREAS.map((area) => (
            <Chip
              key={area}
              on={value.areas?.includes(area) ?? false}
              onToggle={() => {
                const { areas: _, ...rest } = value;
                const areas = toggled(value.areas, area).sort();
                onChange(areas.length > 0 ? { ...rest, areas } : rest);
              }}
            >
              {area}
            </Chip>
          ))}
        </Chips>
      </div>
    </>
  );
}

interface Choice {
  chosen: readonly string[];
  onToggle(id: string): void;
}

function Halls({ chosen, onToggle }: Choice) {
  const { t, language } = useWords();
  const { data } = useQuery(programmeQuery);
  return (
    <fieldset className={styles.choices}>
      <legend className={ui.label}>{t('door.in-halls')}</legend>
      {data?.venues.flatMap((venue) =>
        venue.halls.map((hall) => (
          <CheckBox
            key={hall.id}
            checked={chosen.includes(hall.id)}
            hint={venue.name[language]}
            onChange={() => onToggle(hall.id)}
          >
            {hall.name[language]}
          </CheckBox>
        )),
      )}
    </fieldset>
  );
}

function Screenings({ chosen, onToggle }: Choice) {
  const { t, language } = useWords();
  const { data } = useQuery(programmeQuery);
  const [search, setSearch] = useState('');
  const words = search.trim().toLocaleLowerCase();
  const zone = data?.edition.timezone ?? 'UTC';
  const found = (data?.screenings ?? [])
    .filter(({ id, title }) => chosen.includes(id) || title[language].toLocaleLowerCase().includes(words))
    .sort(
      (a, b) => Number(chosen.includes(b.id)) - Number(chosen.includes(a.id)) || (a.startsAt < b.startsAt ? -1 : 1),
    );
  return (
    <fieldset className={styles.choices}>
      <legend className={ui.label}>{t('door.at-screenings')}</legend>
      <SearchField
        label={t('door.find-screening')}
        value={search}
        onChange={(event) => setSearch(event.target.value)}
      />
      {found.slice(0, MOST_SHOWN).map((one) => (
        <CheckBox
          key={one.id}
          checked={chosen.includes(one.id)}
          hint={formatShortDayTime(new Date(one.startsAt), zone, language)}
          onChange={() => onToggle(one.id)}
        >
          {one.title[language]}
        </CheckBox>
      ))}
      {found.length > MOST_SHOWN && <p className="quiet small">{t('door.more-screenings')}</p>}
    </fieldset>
  );
}

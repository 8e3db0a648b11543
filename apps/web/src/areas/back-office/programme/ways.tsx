import type { ReactNode } from 'react';
import { NavLink, useSearchParams } from 'react-router';
import type { EditionView } from '#libs/contracts';
import { useWords } from '../../../i18n';
import { Select } from '../../../ui/fields';
import styles from './timetable.module.css';

/** The pages of the programme, and which edition they show where there are several. */
export function Ways({ editions, edition }: { editions: EditionView[]; edition: EditionView | undefined }): ReactNode {
  const { t, language } = useWords();
  const [search, setSearch] = useSearchParams();
  const kept = search.get('edition') ? `?edition=${search.get('edition')}` : '';
  const ways = [
    ['', t('programme.timetable')],
    ['films', t('programme.films')],
    ['sections', t('programme.sections')],
    ['import', t('programme.import')],
    ['next', t('programme.next-edition')],
  ] as const;
  return (
    <div className={styles.ways}>
      <nav aria-label={t('programme.pages')}>
        {ways.map(([path, word]) => (
          <NavLink key={path} to={`/office/programme${path && `/${path}`}${kept}`} end={path === ''}>
            {word}
          </NavLink>
        ))}
      </nav>
      {editions.length > 1 && (
        <Select
          label={t('programme.edition')}
          value={edition?.id ?? ''}
          onChange={({ target }) => setSearch({ edition: target.value })}
        >
          {editions.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name[language]} · {one.from.slice(0, 4)}
              {one.rehearsal ? ` · ${t('programme.rehearsal')}` : ''}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}

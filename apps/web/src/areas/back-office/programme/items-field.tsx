import type { CreateScreening, ItemKind, OfficeProgramme } from '#libs/contracts';
import { type LocalText, newId } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { Select } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { Button, Field } from '../../../ui/parts';
import { filled, isEmpty, LocalTextFields, NO_TEXT } from '../local-text-fields';
import styles from './forms.module.css';

/** A part of a screening while it is edited; minutes are text until they are saved. */
export interface DraftItem {
  key: string;
  kind: ItemKind;
  filmId: string;
  title: LocalText;
  minutes: string;
}

type Items = NonNullable<CreateScreening['items']>;

const KINDS: ItemKind[] = ['film', 'talk', 'ceremony', 'press-conference', 'round-table', 'photo-call'];

export const newItem = (kind: ItemKind = 'film'): DraftItem => ({
  key: newId(),
  kind,
  filmId: '',
  title: NO_TEXT,
  minutes: kind === 'film' ? '' : '30',
});

/** Items that say enough to be judged; a film brings its own minutes. */
export function readyItems(items: readonly DraftItem[]): Items {
  return items.flatMap((item): Items => {
    const minutes = Number.parseInt(item.minutes, 10);
    const timed = minutes > 0 ? { minutes } : {};
    if (item.kind === 'film') return item.filmId ? [{ kind: item.kind, filmId: item.filmId, ...timed }] : [];
    return isEmpty(item.title) || !timed.minutes ? [] : [{ kind: item.kind, title: filled(item.title), ...timed }];
  });
}

/** What a screening shows, in its order. */
export function ItemsField({
  programme,
  items,
  onChange,
}: {
  programme: OfficeProgramme;
  items: DraftItem[];
  onChange(items: DraftItem[]): void;
}) {
  const { t, language } = useWords();
  const set = (key: string, change: Partial<DraftItem>) =>
    onChange(items.map((item) => (item.key === key ? { ...item, ...change } : item)));
  const swap = (index: number, by: number) => {
    const next = [...items];
    const [moved] = next.splice(index, 1);
    next.splice(index + by, 0, moved!);
    onChange(next);
  };
  const films = [...programme.films].sort((a, b) => a.title[language].localeCompare(b.title[language]));
  return (
    <fieldset className={styles.group}>
      <legend>{t('items.title')}</legend>
      <ol className={styles.items}>
        {items.map((item, index) => (
          <li key={item.key}>
            <span className={styles.order}>{index + 1}</span>
            <div className={styles.itemFields}>
              <Select
                label={t('items.kind')}
                value={item.kind}
                onChange={({ target }) => set(item.key, { kind: target.value as ItemKind })}
              >
                {KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`item.${kind}`)}
                  </option>
                ))}
              </Select>
              {item.kind === 'film' && (
                <Select
                  label={t('items.film')}
                  value={item.filmId}
                  onChange={({ target }) =>
                    set(item.key, {
                      filmId: target.value,
                      minutes: `${programme.films.find(({ id }) => id === target.value)?.minutes ?? ''}`,
                    })
                  }
                >
                  <option value="">{t('place.choose')}</option>
                  {films.map((film) => (
                    <option key={film.id} value={film.id}>
                      {film.title[language]} · {t('panel.minutes', { n: film.minutes })}
                    </option>
                  ))}
                </Select>
              )}
              <Field
                label={t('items.minutes')}
                type="number"
                min={1}
                max={1440}
                value={item.minutes}
                onChange={({ target }) => set(item.key, { minutes: target.value })}
              />
              {item.kind !== 'film' && (
                <LocalTextFields
                  legend={t('items.name')}
                  value={item.title}
                  onChange={(title) => set(item.key, { title })}
                />
              )}
            </div>
            <span className={styles.itemVerbs}>
              {(
                [
                  ['up', 'down', index > 0, () => swap(index, -1)],
                  ['down', 'down', index < items.length - 1, () => swap(index, 1)],
                  ['away', 'bin', items.length > 1, () => onChange(items.filter(({ key }) => key !== item.key))],
                ] as const
              ).map(([verb, icon, can, act]) => (
                <button
                  key={verb}
                  type="button"
                  className={styles.sign}
                  data-up={verb === 'up' || undefined}
                  disabled={!can}
                  aria-label={t(`items.${verb}`, { n: index + 1 })}
                  onClick={act}
                >
                  <Icon name={icon} />
                </button>
              ))}
            </span>
          </li>
        ))}
      </ol>
      <div className={styles.buttons}>
        <Button kind="outline" onClick={() => onChange([...items, newItem()])}>
          <Icon name="plus" /> {t('items.add-film')}
        </Button>
        <Button kind="outline" onClick={() => onChange([...items, newItem('talk')])}>
          <Icon name="plus" /> {t('items.add-other')}
        </Button>
      </div>
    </fieldset>
  );
}

import type { FilmView, ScreeningView } from '#libs/contracts';
import { formatMoney, KZT } from '#libs/kernel';
import { useWords } from '../../i18n';
import { countryName, shortTongue } from '../../i18n/places';
import { Icon, SectionSign } from '../../ui/icon';
import { ui } from '../../ui/parts';
import { fullness, priceRange, type Show } from './programme.rules';
import styles from './shop.module.css';

/** "Nech je svetlo · Марко Шкоп · Словакия, Чехия · 2019 · 93 мин" */
export function useCredits() {
  const { t, language } = useWords();
  return (film: FilmView, withOriginal = true): string =>
    [
      withOriginal && film.original !== film.title[language] ? film.original : null,
      film.directors[language].join(', '),
      film.countries?.map((code) => countryName(code, language)).join(', '),
      String(film.year),
      t('film.minutes', { n: film.minutes }),
    ]
      .filter(Boolean)
      .join(' · ');
}

export function SectionLine({ show, before, extra }: { show: Show; before?: string; extra?: string }) {
  const { t, language } = useWords();
  const { section } = show;
  const words = section?.name[language] ?? t('programme.event');
  return (
    <p className={styles.section} data-sign={section?.sign ?? undefined}>
      {before && <span>{before} ·</span>}
      <SectionSign sign={section?.sign ?? null} />
      <span>
        {[words, section?.kind === 'competition' ? t('programme.competition') : null, extra]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </p>
  );
}

export function ScreeningTags({ screening }: { screening: ScreeningView }) {
  const { t, language } = useWords();
  return (
    <p className={styles.tags}>
      {screening.subtitles.length > 0 && (
        <span className={styles.fact}>
          <Icon name="subtitles" />
          {t('programme.subtitles', {
            list: screening.subtitles.map((code) => shortTongue(code, language)).join(' · '),
          })}
        </span>
      )}
      {screening.access.includes('step-free') && (
        <span className={styles.fact}>
          <Icon name="wheelchair" />
          {t('programme.step-free')}
        </span>
      )}
      {screening.ageRating && <span className={ui.tag}>{screening.ageRating}</span>}
    </p>
  );
}

export function Availability({ screening, free }: { screening: ScreeningView; free: number | undefined }) {
  const { t, count } = useWords();
  if (screening.state === 'announced') return <Fullness tone="quiet" icon="clock" words={t('seats.later')} />;
  const full = fullness(free, screening.seats);
  if (full === 'unknown') return null;
  if (full === 'none') return <Fullness tone="quiet" icon="list" words={t('seats.none')} />;
  if (full === 'many') return <Fullness tone="ok" icon="seat" words={t('seats.many')} />;
  if (full === 'last') return <Fullness tone="festival" icon="bolt" words={count('seats.last', free ?? 0)} />;
  return <Fullness tone="text" icon="seat" words={count('seats.some', free ?? 0)} />;
}

function Fullness({ tone, icon, words }: { tone: string; icon: 'seat' | 'bolt' | 'list' | 'clock'; words: string }) {
  return (
    <span className={styles.fullness} data-tone={tone}>
      <Icon name={icon} />
      {words}
    </span>
  );
}

/** "от 1 500 ₸", "Вход свободный", nothing where nothing is sold. */
export function usePriceWords() {
  const { t } = useWords();
  return (screening: ScreeningView, range = false): string | null => {
    const prices = priceRange(screening);
    if (!prices || screening.visibility !== 'public') return null;
    if (prices.most === 0) return t('price.free');
    const least = formatMoney({ amount: prices.least, currency: KZT });
    if (prices.least === prices.most) return least;
    if (!range) return t('price.from', { sum: least });
    return `${least.replace(/\s₸$/, '')}–${formatMoney({ amount: prices.most, currency: KZT })}`;
  };
}

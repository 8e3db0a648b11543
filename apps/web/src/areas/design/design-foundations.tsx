import { useWords } from '../../i18n';
import { ICONS, Icon } from '../../ui/icon';
import styles from './design.module.css';

const COLOURS = [
  'page',
  'surface',
  'text',
  'quiet',
  'edge',
  'line',
  'festival',
  'sun',
  'ok',
  'error',
  'warning',
  'info',
  'focus',
  'women',
] as const;

/** The tokens as they are worn. */
export function Colours() {
  const { t } = useWords();
  return (
    <ul className={styles.colours} aria-label={t('design.colours')}>
      {COLOURS.map((name) => (
        <li key={name}>
          <span className={styles.swatch} data-colour={name} />
          <code lang="en">{name}</code>
        </li>
      ))}
    </ul>
  );
}

/** Both faces with the letters that other faces lack. */
export function Type() {
  const { t } = useWords();
  return (
    <section className={`${styles.part} ${styles.type}`} aria-labelledby="type">
      <h2 id="type">{t('design.type')}</h2>
      {(['d-7', 'd-5', 'd-4', 'd-3', 'd-2'] as const).map((step) => (
        <p key={step} className="display" data-step={step}>
          Жібек жолының әйелдері 19:30
        </p>
      ))}
      {(['t-4', 't-3', 't-2', 't-1'] as const).map((step) => (
        <p key={step} data-step={step}>
          Билетіңіз дайын: 7-қатар, 14-орын. Места 14 и 15 ваши ещё 4:18. Your seats. ӘәҒғҚқҢңӨөҰұҮүҺһІі 12 500 ₸ №
        </p>
      ))}
    </section>
  );
}

const SEATS = ['free-a', 'free-b', 'free-c', 'yours', 'held', 'sold', 'blocked', 'wheelchair', 'companion'] as const;

/** Every state of a seat, told apart by shape before colour. */
export function Seats() {
  const { t } = useWords();
  return (
    <section className={styles.part} aria-labelledby="seats">
      <h2 id="seats">{t('design.seats')}</h2>
      <ul className={styles.seats}>
        {SEATS.map((state) => (
          <li key={state}>
            <svg viewBox="0 0 40 40" aria-hidden="true" data-seat={state}>
              <SeatBody state={state} />
            </svg>
            {t(`design.seat-${state}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}

const ARCH = 'M7 33V19a13 13 0 0 1 26 0v14z';

function SeatBody({ state }: { state: (typeof SEATS)[number] }) {
  if (state === 'free-b') return <rect x="7" y="7" width="26" height="26" rx="6" />;
  if (state === 'free-c') return <circle cx="20" cy="20" r="13" />;
  if (state === 'sold') return <path d="M14 14L26 26M26 14L14 26" />;
  if (state === 'blocked') return <path d="M13 20H27" />;
  if (state === 'wheelchair' || state === 'companion')
    return (
      <>
        <rect x="6" y="6" width="28" height="28" rx="4" />
        <g transform="translate(10 10) scale(.83)">
          <Icon name={state} />
        </g>
      </>
    );
  return (
    <>
      <path d={ARCH} />
      {state === 'yours' && <path data-tick="" d="M14 22l4 4 8-9" />}
      {state === 'held' && <path data-hatch="" d="M9 31L31 13M9 24L24 11M16 33L33 19" />}
    </>
  );
}

export function Icons() {
  const { t } = useWords();
  return (
    <section className={styles.part} aria-labelledby="icons">
      <h2 id="icons">{t('design.icons')}</h2>
      <ul className={styles.icons}>
        {ICONS.map((name) => (
          <li key={name}>
            <Icon name={name} />
            <code lang="en">{name}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}

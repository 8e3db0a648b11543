import { Link } from 'react-router';
import type { MyBadge } from '#libs/contracts';
import { formatDateRange, venueDate } from '#libs/kernel';
import { BADGE_PDF } from '../../api/accreditations-applicant.api';
import { useWords } from '../../i18n';
import { Icon, Mark } from '../../ui/icon';
import { buttonClass, Empty, StateWord, ui } from '../../ui/parts';
import { QrCode } from '../../ui/qr';
import styles from './badge.module.css';

const ZONE = 'Asia/Almaty';

/** The badge on the phone: opens doors before the plastic is printed; role as a word, zones as letters, rights in words. */
export function BadgePage({ badges, edition }: { badges: MyBadge[]; edition: string }) {
  const { t } = useWords();
  const badge = badges.find((one) => one.state === 'live') ?? badges[0];
  if (!badge)
    return (
      <Empty whole title={t('badge.none')}>
        <Link to="/accreditation">{t('status.all')}</Link>
      </Empty>
    );
  return (
    <div className={`${styles.page} felt-spruce`}>
      <header className={styles.head}>
        <h1>{t('badge.label')}</h1>
        <StateWord tone={badge.state === 'live' ? 'ok' : 'error'}>{t(`badge.state-${badge.state}`)}</StateWord>
      </header>
      <BadgeCard badge={badge} edition={edition} />
      <div className={styles.verbs}>
        {badge.state === 'live' && (
          <a className={buttonClass('outline')} href={BADGE_PDF} download>
            <Icon name="download" /> {t('badge.pdf')}
          </a>
        )}
        <Link className={buttonClass('outline')} to="/accreditation/bookings">
          <Icon name="ticket" /> {t('portal.bookings')}
        </Link>
      </div>
      <p>{t('badge.plastic')}</p>
      <p className="small">{t('badge.lost')}</p>
    </div>
  );
}

function BadgeCard({ badge, edition }: { badge: MyBadge; edition: string }) {
  const { t, language } = useWords();
  const days = formatDateRange(
    venueDate(new Date(badge.validFrom), ZONE),
    venueDate(new Date(badge.validUntil), ZONE),
    language,
  );
  return (
    <section className={styles.badge} aria-label={t('badge.label')}>
      <div className={styles.top}>
        <Mark />
        <strong className="display">{edition}</strong>
        <svg viewBox="0 0 600 70" preserveAspectRatio="none" aria-hidden="true">
          <circle cx="500" cy="22" r="26" />
          <path d="M0 70V56L60 40 110 58 190 30 250 52 330 36 400 56 470 40 530 12 560 30 600 44V70Z" />
        </svg>
      </div>
      <div className={styles.body}>
        <h2>{badge.name}</h2>
        <p className={styles.role}>
          <strong>{badge.functionName[language]}</strong>
          {badge.areas.map((area) => (
            <span key={area}>{area}</span>
          ))}
        </p>
        {badge.admissionCode ? (
          <QrCode
            className={styles.code}
            text={badge.admissionCode}
            label={t('badge.code', { code: badge.shortCode })}
          />
        ) : (
          <p>
            <strong>{t('badge.not-live')}</strong>
          </p>
        )}
        <div className={ui.stack}>
          <p>
            <strong className="tabular">{badge.shortCode}</strong>
            <br />
            {t('badge.valid', { days })}
          </p>
          <p className="small">
            {badge.areas.length > 0 ? t('badge.areas', { areas: badge.areas.join(', ') }) : t('badge.no-areas')}
          </p>
          <p className="small">{badge.categoryName[language]}</p>
        </div>
      </div>
    </section>
  );
}

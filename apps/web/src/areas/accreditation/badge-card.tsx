import type { MyBadge } from '#libs/contracts';
import { useWords } from '../../i18n';
import { PosterArt } from '../../ui/art/poster';
import { QrCode } from '../../ui/qr';
import styles from './accreditation.module.css';

/** The badge on the phone: the same serial as the printed one, its areas as letters, the code on white. */
export function BadgeCard({ badge, edition }: { badge: MyBadge; edition: string }) {
  const { t, language } = useWords();
  return (
    <section className={styles.badge} aria-label={t('badge.label')}>
      <div className={`${styles.badgeHead} felt-indigo`}>
        <div className={styles.badgeArt}>
          <PosterArt
            id={badge.functionName.en}
            salt={edition}
            family="cut"
            countries={3}
            minutes={90}
            format="band"
            figure="ears"
            at={0.82}
          />
        </div>
        <p>{edition}</p>
        <strong className="display">{badge.functionName[language]}</strong>
      </div>
      <div className={styles.badgeBody}>
        <h2>{badge.name}</h2>
        <p className="small">{badge.categoryName[language]}</p>
        <p className={styles.areas}>
          {badge.areas.map((area) => (
            <span key={area}>{area}</span>
          ))}
        </p>
        {badge.admissionCode ? (
          <>
            <QrCode
              className={styles.badgeCode}
              text={badge.admissionCode}
              label={t('badge.code', { code: badge.shortCode })}
            />
            <p>{badge.shortCode}</p>
          </>
        ) : (
          <p>
            <strong>{t('badge.not-live')}</strong>
          </p>
        )}
      </div>
    </section>
  );
}

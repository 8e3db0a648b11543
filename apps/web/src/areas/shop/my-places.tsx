import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { formatShortDayTime } from '#libs/kernel';
import { myPassesQuery, myWaitlistQuery } from '../../api/places.api';
import { clashesQuery } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { Notice } from '../../ui/parts';
import styles from './buy.module.css';
import sheet from './checkout.module.css';

/** Where somebody waits, and the film passes with their codes. Nothing where there is none of either. */
export function MyPlaces() {
  const { t, language } = useWords();
  const { person } = useSession();
  const { data: waits = [] } = useQuery(myWaitlistQuery);
  const { data: passes = [] } = useQuery({ ...myPassesQuery, enabled: person !== null });
  const live = waits.filter((entry) => entry.state === 'waiting' || entry.state === 'offered');
  const usable = passes.filter((pass) => pass.state === 'live');
  return (
    <>
      {usable.length > 0 && (
        <section>
          <h2>{t('passes.title')}</h2>
          <ul className={sheet.orders}>
            {usable.map((pass) => (
              <li key={pass.id}>
                <div>
                  <h3 className={styles.buyTitle}>{pass.name[language]}</h3>
                  <p className="small tabular">{t('passes.code', { code: pass.code })}</p>
                  {pass.left !== null && <p className="small">{t('passes.left', { films: pass.left })}</p>}
                  <ul className="small quiet">
                    {pass.used.map((use) => (
                      <li key={`${use.orderId} ${use.screeningId}`}>
                        <Link to={`/orders/${use.orderId}`}>{use.title[language]}</Link>
                      </li>
                    ))}
                  </ul>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
      {live.length > 0 && (
        <section>
          <h2>{t('waitlist.title')}</h2>
          <ul className={sheet.orders}>
            {live.map((entry) => (
              <li key={entry.id}>
                <div>
                  <h3 className={styles.buyTitle}>
                    <Link to={entry.offer ? `/offers/${entry.offer.id}` : `/screenings/${entry.screeningId}`}>
                      {entry.title[language]}
                    </Link>
                  </h3>
                  <p className="small">{formatShortDayTime(new Date(entry.startsAt), entry.timezone, language)}</p>
                  <p className="small">
                    {entry.offer ? t('waitlist.offered') : t('waitlist.waiting', { ahead: entry.ahead })}
                  </p>
                </div>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Bookings that clash since a screening was moved, and that they may be given up without penalty. */
export function Clashes() {
  const { t, language } = useWords();
  const { person } = useSession();
  const { data: clashes = [] } = useQuery({ ...clashesQuery, enabled: person !== null });
  const when = (at: string, zone: string) => formatShortDayTime(new Date(at), zone, language);
  return clashes.map((clash) => (
    <Notice
      key={clash.bookingId}
      tone="warning"
      title={t('clash.title', {
        title: clash.title[language],
        time: when(clash.startsAt, clash.timezone),
        other: clash.with.title[language],
        otherTime: when(clash.with.startsAt, clash.timezone),
      })}
    >
      <Link to="/accreditation">{t('clash.what')}</Link>
    </Notice>
  ));
}

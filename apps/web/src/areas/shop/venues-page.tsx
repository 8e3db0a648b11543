import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import type { VenueView } from '#libs/contracts';
import { programmeQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { Icon } from '../../ui/icon';
import { ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import styles from './venues.module.css';

const ACCESS = ['step-free', 'hearing-loop', 'captions', 'audio-description'];

/** Where the festival is: address, halls, the way in without steps, and what is on. */
export default function VenuesPage() {
  const { t, count } = useWords();
  const { hash } = useLocation();
  useTitle(t('venues.title'));
  const { data } = useQuery(programmeQuery);
  useEffect(() => {
    if (data && hash) document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView();
  }, [data, hash]);
  if (!data) return <Waiting label={t('app.loading')} />;
  const shows = (venue: VenueView) => data.screenings.filter((one) => one.venueId === venue.id).length;
  return (
    <div className={ui.page}>
      <h1>{t('venues.title')}</h1>
      <ul className={styles.venues}>
        {data.venues
          .filter((venue) => shows(venue) > 0)
          .map((venue) => (
            <li key={venue.id} id={venue.id} className={styles.venue}>
              <Venue venue={venue} />
              <Link to={`/?venue=${venue.id}`}>{count('programme.shows', shows(venue))}</Link>
            </li>
          ))}
      </ul>
    </div>
  );
}

function Venue({ venue }: { venue: VenueView }) {
  const { t, language, count } = useWords();
  const place =
    venue.lat !== null && venue.lon !== null
      ? `https://www.openstreetmap.org/?mlat=${venue.lat}&mlon=${venue.lon}#map=17/${venue.lat}/${venue.lon}`
      : `https://www.openstreetmap.org/search?query=${encodeURIComponent(venue.address)}`;
  return (
    <>
      <h2>{venue.name[language]}</h2>
      <p>
        <a className={styles.way} href={place} rel="noreferrer" target="_blank">
          <Icon name="place" />
          {venue.address}
        </a>
      </p>
      <ul className={styles.access} aria-label={t('film.access')}>
        {ACCESS.filter((one) => venue.access.includes(one)).map((one) => (
          <li key={one}>
            <Icon name={one === 'step-free' ? 'wheelchair' : 'check'} />
            {t(`access.${one}`)}
          </li>
        ))}
      </ul>
      <dl className={styles.halls}>
        {venue.halls.map((hall) => (
          <div key={hall.id}>
            <dt>{hall.name[language]}</dt>
            <dd>{count('seats.some', hall.seats)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { WaitlistEntry } from '#libs/contracts';
import { formatMoney, formatShortDayTime, sumMoney } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { offerQuery, takeOffer } from '../../api/places.api';
import { useWords } from '../../i18n';
import { Button, buttonClass, Notice, ui, Waiting } from '../../ui/parts';
import { minutesAndSeconds, useSecondsLeft } from '../../ui/use-seconds-left';
import { useTitle } from '../../ui/use-title';
import { basket } from './basket';
import { Refused } from './refused';

/** Seats that became free for somebody who waits: where the mail leads. Taking them is the usual checkout. */
export default function OfferPage() {
  const { t, language } = useWords();
  const { offerId = '' } = useParams();
  const [params] = useSearchParams();
  const key = params.get('key') ?? '';
  const { data: entry, error } = useQuery(offerQuery(offerId, key));
  useTitle(t('offer.title'));
  if (error && !entry)
    return (
      <Refused error={error}>
        <Link className={buttonClass()} to="/">
          {t('nav.programme')}
        </Link>
      </Refused>
    );
  if (!entry) return <Waiting label={t('app.loading')} />;
  return (
    <div className={ui.page}>
      <h1>{t('offer.title')}</h1>
      <div className={`${ui.narrow} ${ui.stack}`}>
        <div>
          <h2>{entry.title[language]}</h2>
          <p>{formatShortDayTime(new Date(entry.startsAt), entry.timezone, language)}</p>
          <p className="quiet">
            {entry.venue[language]}, {entry.hall[language]}
          </p>
        </div>
        {entry.offer?.id === offerId ? <Open offer={entry.offer} offerKey={key} /> : <Over />}
      </div>
    </div>
  );
}

function Open({ offer, offerKey }: { offer: NonNullable<WaitlistEntry['offer']>; offerKey: string }) {
  const { t } = useWords();
  const navigate = useNavigate();
  const left = useSecondsLeft(Date.parse(offer.until));
  const take = useMutation({
    mutationFn: () => takeOffer(offer.id, offerKey),
    onSuccess: (held) => {
      // Offered seats are an order of their own.
      basket.clear();
      basket.put(held);
      void navigate('/checkout');
    },
  });
  if (left === 0) return <Over />;
  return (
    <>
      <ul>
        {offer.seats.map((seat) => (
          <li key={seat.id}>
            {t('map.row', { row: seat.row })}, {t('map.seat', { seat: seat.number })} · {formatMoney(seat.price)}
          </li>
        ))}
      </ul>
      <p role="timer">{t('offer.until', { time: minutesAndSeconds(left) })}</p>
      {take.error && (
        <Notice tone="error">{take.error instanceof ApiProblem ? take.error.problem.title : t('app.no-answer')}</Notice>
      )}
      <Button wide busy={take.isPending} onClick={() => take.mutate()}>
        {t('offer.take')} · {formatMoney(sumMoney(offer.seats.map((seat) => seat.price)))}
      </Button>
    </>
  );
}

function Over() {
  const { t } = useWords();
  return (
    <>
      <Notice tone="warning">{t('offer.over')}</Notice>
      <div>
        <Link className={buttonClass()} to="/">
          {t('nav.programme')}
        </Link>
      </div>
    </>
  );
}

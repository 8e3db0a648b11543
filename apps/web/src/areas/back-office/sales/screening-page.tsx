import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { ScreeningSales } from '#libs/contracts';
import { formatMoney, formatShortDayTime, venueDate, venueTime } from '#libs/kernel';
import { allocationsQuery, screeningSalesQuery } from '../../../api/sales-office.api';
import { planQuery, programmeQuery } from '../../../api/screenings.api';
import { useWords } from '../../../i18n';
import { readHall } from '../../../seat-map/hall.rules';
import { useSession } from '../../../session/use-session';
import { feltOf, PosterArt } from '../../../ui/art/poster';
import { posterOfScreening } from '../../../ui/art/poster-input';
import { Curve, type Fill, HallOccupancy, Plot, SmallBars } from '../../../ui/charts';
import { Trouble } from '../../../ui/data-table';
import { Icon } from '../../../ui/icon';
import { Figures } from '../../../ui/overlays';
import { buttonClass, ui, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import { dayWord } from './plot-days';
import styles from './sales.module.css';
import { Proposal, Shares } from './screening-shares';

/** One screening as the office watches it: figures, how it sold, the hall as it fills, who may take what. */
export function ScreeningPage() {
  const { t, language } = useWords();
  const { screeningId = '' } = useParams();
  const { zone } = useEdition();
  const { may } = useSession();
  const { data, error, refetch } = useQuery(screeningSalesQuery(screeningId));
  const { data: shares } = useQuery(allocationsQuery(screeningId));
  const { data: programme } = useQuery(programmeQuery);
  const shown = programme?.screenings.find((one) => one.id === screeningId);
  const poster = programme && shown && posterOfScreening(programme, shown);
  const name = data?.occupancy.title[language];
  useTitle(name ?? t('sales.screening'));
  if (error && !data)
    return (
      <div className={ui.page}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!data) return <Waiting label={t('app.loading')} rows={6} />;
  const { occupancy } = data;
  const starts = new Date(occupancy.startsAt);
  const money = formatMoney({ amount: occupancy.revenue, currency: data.currency });
  const taken = occupancy.seats - occupancy.free;
  return (
    <>
      <header className={`${styles.hero} ${poster ? feltOf(poster) : 'felt-spruce'}`}>
        <div>
          <p className={styles.heroLine}>
            {formatShortDayTime(starts, zone, language)}–{venueTime(new Date(data.endsAt), zone)} ·{' '}
            {occupancy.venue[language]}, {occupancy.hall[language]} · {t(`sales.state-${occupancy.state}`)}
          </p>
          <h1>{name}</h1>
          <div className={styles.heroVerbs}>
            {may('programmer') && (
              <Link className={buttonClass('outline')} to={`/office/programme/screenings/${screeningId}/move`}>
                <Icon name="swap" /> {t('sales.move')}
              </Link>
            )}
            <Link className={buttonClass('outline')} to={`/office/sales/orders?screening=${screeningId}`}>
              <Icon name="ticket" /> {t('sales.orders')}
            </Link>
            <Link className={buttonClass('outline')} to={`/screenings/${screeningId}`}>
              <Icon name="eye" /> {t('sales.as-buyer')}
            </Link>
          </div>
        </div>
        {poster && (
          <div className={styles.heroArt}>
            <PosterArt {...poster} format="wide" />
          </div>
        )}
      </header>
      <Figures
        items={[
          {
            id: 'taken',
            figure: taken,
            words: t('sales.taken-of', { seats: occupancy.seats, share: percent(taken, occupancy.seats) }),
          },
          { id: 'sold', figure: occupancy.sold, words: t('sales.sold') },
          { id: 'money', figure: money, words: t('sales.returns-n', { n: data.refunds }) },
          { id: 'wait', figure: occupancy.waitlisted, words: t('sales.waiting') },
          {
            id: 'in',
            figure: occupancy.admitted,
            words: t('sales.admitted-of', { n: occupancy.sold + occupancy.booked }),
          },
        ]}
      />
      <div className={styles.body}>
        <div className={styles.pair}>
          <SoldCurve sales={data} />
          <LiveHall sales={data} />
        </div>
        {shares && <Shares use={shares} />}
        {shares && <Proposal use={shares} />}
        <DoorFlow sales={data} />
      </div>
    </>
  );
}

const percent = (part: number, of: number) => (of > 0 ? Math.round((part / of) * 100) : 0);

function SoldCurve({ sales }: { sales: ScreeningSales }) {
  const { t, language } = useWords();
  const { zone } = useEdition();
  let sold = 0;
  const points = sales.curve.map((hour) => {
    sold += hour.sold;
    return { at: new Date(hour.at), value: sold };
  });
  const facts = {
    head: [t('sales.hour'), t('sales.sold'), t('sales.in-all')],
    rows: points.map((point, index) => [
      formatShortDayTime(point.at, zone, language),
      sales.curve[index]!.sold,
      point.value,
    ]),
  };
  const first = points[0] && { at: new Date(points[0].at.getTime() - 3_600_000), value: 0 };
  return (
    <Plot
      title={t('sales.curve')}
      lead={t('sales.curve-hours')}
      file={`seans-sales-${sales.occupancy.screeningId}`}
      facts={facts}
    >
      {first ? (
        <Curve
          points={[first, ...points]}
          limit={sales.occupancy.seats}
          limitLabel={t('sales.seats-n', { n: sales.occupancy.seats })}
          lastLabel={(value) => t('sales.sold-n', { n: value })}
          dayLabel={(at) =>
            points.at(-1)!.at.getTime() - first.at.getTime() > 2 * 86_400_000
              ? dayWord(at, zone, language)
              : venueTime(at, zone)
          }
          figure={String}
        />
      ) : (
        <p className="quiet">{t('sales.none-yet')}</p>
      )}
    </Plot>
  );
}

/** Above so many seats a drawing says less than figures. */
const DRAWN = 1_200;
const OWNER_FILL: Record<string, Fill> = {
  order: 'solid',
  press: 'stripe',
  guest: 'grid',
  'film-team': 'grid',
  jury: 'lines',
  industry: 'dots',
  block: 'bars',
  pool: 'cross',
  offer: 'cross',
  lease: 'bars',
};

function LiveHall({ sales }: { sales: ScreeningSales }) {
  const { t } = useWords();
  const { data: plan } = useQuery(planQuery(sales.planId, sales.planVersion));
  const seats = plan ? readHall(plan).seats : [];
  const owners = new Map(sales.taken.map((one) => [one.seatId, one.owner]));
  const counts = new Map<string, number>();
  for (const { owner } of sales.taken) counts.set(owner, (counts.get(owner) ?? 0) + 1);
  const rows = [...counts].sort((a, b) => b[1] - a[1]);
  const word = (owner: string) => t(`sales.owner-${owner in OWNER_FILL ? owner : 'booking'}`);
  return (
    <Plot
      title={t('sales.hall')}
      lead={t('sales.free-n', { n: sales.occupancy.free })}
      file={`seans-hall-${sales.occupancy.screeningId}`}
      facts={{
        head: [t('sales.who'), t('sales.seats')],
        rows: [...rows.map(([owner, n]) => [word(owner), n]), [t('sales.free'), sales.occupancy.free]],
      }}
    >
      {plan && seats.length <= DRAWN ? (
        <HallOccupancy
          pitch={plan.pitch}
          seats={seats.map((seat) => ({
            id: seat.id,
            x: seat.x,
            y: seat.y,
            fill: owners.has(seat.id) ? (OWNER_FILL[owners.get(seat.id)!] ?? 'stripe') : 'free',
          }))}
        />
      ) : (
        <SmallBars
          bars={rows.map(([owner, n]) => ({
            id: owner,
            label: word(owner),
            value: n,
            of: sales.occupancy.seats,
            words: String(n),
          }))}
        />
      )}
    </Plot>
  );
}

function DoorFlow({ sales }: { sales: ScreeningSales }) {
  const { t } = useWords();
  const { zone } = useEdition();
  if (sales.door.length === 0) return null;
  return (
    <Plot
      title={t('sales.door')}
      lead={t('sales.door-lead', { day: venueDate(new Date(sales.occupancy.startsAt), zone) })}
      file={`seans-door-${sales.occupancy.screeningId}`}
      facts={{
        head: [t('sales.hour'), t('sales.admitted')],
        rows: sales.door.map((one) => [venueTime(new Date(one.at), zone), one.admitted]),
      }}
    >
      <SmallBars
        bars={sales.door.map((one) => ({
          id: one.at,
          label: venueTime(new Date(one.at), zone),
          value: one.admitted,
          words: String(one.admitted),
        }))}
      />
    </Plot>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Programme, ScreeningView } from '#libs/contracts';
import { formatMoney, formatShortDayTime } from '#libs/kernel';
import { planQuery, programmeQuery } from '../../api/screenings.api';
import { seatsQuery } from '../../api/tickets.api';
import { useWords } from '../../i18n';
import {
  type Hall,
  leavesLonelySeat,
  MANY_SEATS,
  readHall,
  type Seat,
  type SeatState,
} from '../../seat-map/hall.rules';
import { HallSections } from '../../seat-map/map-parts';
import { SeatList } from '../../seat-map/seat-list';
import { SeatMap } from '../../seat-map/seat-map';
import { Icon } from '../../ui/icon';
import { Button, Empty, Notice, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { basket, useBasket } from './basket';
import { BasketPanel } from './basket-panel';
import { BestSeats } from './best-seats';
import styles from './buy.module.css';
import { Legend } from './legend';
import { placeOf, type Show, showsOf } from './programme.rules';
import { useHold } from './use-hold';
import { WaitlistPanel } from './waitlist-panel';

export default function SeatsPage() {
  const { t } = useWords();
  const { screeningId = '' } = useParams();
  const { data } = useQuery(programmeQuery);
  if (!data) return <Waiting label={t('app.loading')} />;
  const show = showsOf(data).find((other) => other.screening.id === screeningId);
  if (!show)
    return (
      <div className={ui.page}>
        <Empty title={t('app.lost')}>
          <Link to="/">{t('nav.programme')}</Link>
        </Empty>
      </div>
    );
  return <Choosing programme={data} show={show} />;
}

function startsAsList(): boolean {
  return window.innerWidth < 360 || matchMedia('(forced-colors: active)').matches;
}

function Choosing({ programme, show }: { programme: Programme; show: Show }) {
  const { t, language, count } = useWords();
  const navigate = useNavigate();
  useTitle(t('map.label', { title: show.screening.title[language] }));
  const { screening } = show;
  const { data: plan } = useQuery(planQuery(screening.planId, screening.planVersion));
  const { data: map, isError, refetch } = useQuery(seatsQuery(screening.id));
  const hall = useMemo(() => plan && readHall(plan), [plan]);
  const [asList, setAsList] = useState(startsAsList);
  const [zone, setZone] = useState<number | null>(null);
  const hold = useHold(screening.id, hall);
  const { list } = useBasket();
  const mine = list.find((other) => other.screeningId === screening.id);
  const chosen = mine?.seats.map((seat) => seat.id) ?? [];
  const states = map?.states ?? '';
  const stateOf = (seat: Seat): SeatState =>
    chosen.includes(seat.id) ? 'y' : ((states[seat.index] ?? 'n') as SeatState);
  const priceOf = (seat: Seat) => {
    const price = screening.prices.find((one) => one.category === seat.category);
    return price ? formatMoney(price) : '';
  };
  const nameOf = (seat: Seat) => seatName(t, language, screening, seat, stateOf(seat), priceOf(seat));
  /** In a big hall the map then opens where the seats are. */
  async function pickBest(size: number) {
    // One's own seats count as free: the new hold replaces the old one.
    const own = new Set(hall?.seats.filter((seat) => chosen.includes(seat.id)).map((seat) => seat.index));
    const known = [...states].map((state, i) => (own.has(i) ? 'f' : state)).join('');
    await hold.best(size, known, zone);
    const first = basket.of(screening.id)?.seats[0]?.id;
    const seat = hall?.seats.find((other) => other.id === first);
    if (big && seat) setZone(seat.zone);
  }
  // Accessible places may be left: they are nobody else's.
  const soldOut =
    map?.onSale && chosen.length === 0 && hall?.seats.every((seat) => seat.kind !== 'seat' || stateOf(seat) !== 'f');
  const { venue, hall: room } = placeOf(programme, screening);
  const big = hall !== undefined && hall.seats.length > MANY_SEATS;
  return (
    <div className={styles.buy}>
      <div className={styles.hallSide}>
        <div className={styles.buyHead}>
          <Link className={styles.back} to={show.film ? `/films/${show.film.id}` : '/'}>
            <Icon name="back" />
            <span>{show.film ? t('map.to-film') : t('nav.programme')}</span>
          </Link>
          <div>
            <h1 className={styles.buyTitle}>{screening.title[language]}</h1>
            <p className="small">
              {formatShortDayTime(new Date(screening.startsAt), screening.timezone, language)}
              <span className="quiet">
                {' · '}
                {venue?.name[language]}, {room?.name[language]}
                {map && ` · ${t('map.free-of', { free: map.free, seats: screening.seats })}`}
              </span>
            </p>
          </div>
          <div className={styles.twin} role="group" aria-label={t('map.view')}>
            <button type="button" aria-pressed={!asList} onClick={() => setAsList(false)}>
              <Icon name="map" />
              {t('map.map')}
            </button>
            <button type="button" aria-pressed={asList} onClick={() => setAsList(true)}>
              <Icon name="list" />
              {t('map.list')}
            </button>
          </div>
        </div>
        {hall && <Legend prices={screening.prices} plan={hall.plan} />}
        {map?.stale && <Notice tone="warning">{t('map.stale')}</Notice>}
        {map && !map.onSale && <Notice tone="warning">{t('map.closed')}</Notice>}
        {isError && !map && (
          <Notice tone="error" title={t('map.failed')}>
            <Button kind="quiet" onClick={() => void refetch()}>
              {t('app.again')}
            </Button>
          </Notice>
        )}
        {big && !asList && hall && <Sections hall={hall} zone={zone} onEnter={setZone} stateOf={stateOf} />}
        {(!hall || !map) && !isError && <Waiting label={t('app.loading')} />}
        {hall && map && (
          <div className={styles.stage} data-list={asList || undefined}>
            {asList ? (
              <SeatList hall={hall} stateOf={stateOf} priceOf={priceOf} onToggle={(seat) => void hold.toggle(seat)} />
            ) : big && zone === null ? (
              <HallSections hall={hall} free={(index) => freeSeats(hall, index, stateOf)} onEnter={setZone} />
            ) : (
              <SeatMap
                key={zone ?? 'all'}
                hall={hall}
                zone={zone}
                stateOf={stateOf}
                nameOf={nameOf}
                onToggle={(seat) => void hold.toggle(seat)}
                label={t('map.label', { title: screening.title[language] })}
              />
            )}
          </div>
        )}
        {soldOut && (
          <div className={styles.waitlist}>
            <WaitlistPanel screeningId={screening.id} />
          </div>
        )}
        {!soldOut && (
          <div className={styles.under}>
            <BestSeats busy={hold.busy} onPick={(n) => void pickBest(n)} quiet={chosen.length > 0} />
          </div>
        )}
      </div>
      <BasketPanel
        show={show}
        hold={mine}
        problem={hold.problem}
        lonely={hall && map ? leavesLonelySeat(hall, states, chosen) : false}
        onRemove={(id) => {
          const seat = hall?.seats.find((other) => other.id === id);
          if (seat) void hold.toggle(seat);
        }}
        onExtend={hold.extend}
        onGiveBack={() => void hold.release()}
        onEnd={hold.ended}
        onPay={() => void navigate('/checkout')}
      />
      <p className="visually-hidden" role="status">
        {mine ? count('hold.spoken', mine.seats.length) : ''}
      </p>
    </div>
  );
}

function freeSeats(hall: Hall, zone: number, stateOf: (seat: Seat) => SeatState): number {
  return hall.zones[zone]!.seats.filter((seat) => 'fy'.includes(stateOf(seat))).length;
}

function Sections({
  hall,
  zone,
  onEnter,
  stateOf,
}: {
  hall: Hall;
  zone: number | null;
  onEnter(zone: number | null): void;
  stateOf(seat: Seat): SeatState;
}) {
  const { t, language, count } = useWords();
  return (
    <div className={styles.sections} role="group" aria-label={t('map.sections')}>
      <button type="button" className={ui.chip} aria-pressed={zone === null} onClick={() => onEnter(null)}>
        {t('map.whole')}
      </button>
      {hall.zones.map((part) => (
        <button
          key={part.index}
          type="button"
          className={ui.chip}
          aria-pressed={zone === part.index}
          onClick={() => onEnter(part.index)}
        >
          {part.label[language]} · {count('seats.some', freeSeats(hall, part.index, stateOf))}
        </button>
      ))}
    </div>
  );
}

const STATE_WORDS: Record<SeatState, string> = {
  f: 'legend.free',
  y: 'legend.yours',
  h: 'legend.held',
  s: 'legend.sold',
  n: 'legend.closed',
};

function seatName(
  t: (key: string, values?: Record<string, string | number>) => string,
  language: 'kk' | 'ru' | 'en',
  screening: ScreeningView,
  seat: Seat,
  state: SeatState,
  price: string,
): string {
  const zone = screening.prices.find((one) => one.category === seat.category)?.name[language];
  const kind = seat.kind === 'seat' ? null : t(seat.kind === 'wheelchair' ? 'legend.wheelchair' : 'legend.companion');
  return [
    t('map.row', { row: seat.row }),
    t('map.seat', { seat: seat.number }),
    kind,
    zone,
    price,
    t(STATE_WORDS[state]),
  ]
    .filter(Boolean)
    .join(', ');
}

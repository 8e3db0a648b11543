import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import type { Programme } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { planQuery, programmeQuery } from '../../api/screenings.api';
import { useWords } from '../../i18n';
import { drawnHall, leavesLonelySeat, type Seat, type SeatState } from '../../seat-map/hall.rules';
import { HallView, isBig, stageClass } from '../../seat-map/hall-view';
import { Legend } from '../../seat-map/legend';
import { useSeats } from '../../seat-map/use-seats';
import { Segmented } from '../../ui/choices';
import { Icon } from '../../ui/icon';
import { Button, Empty, Notice, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { basket, MOST_SCREENINGS, useBasket } from './basket';
import { BasketPanel } from './basket-panel';
import { BestSeats } from './best-seats';
import styles from './buy.module.css';
import { useExchange } from './exchange';
import { ExchangeBanner } from './exchange-banner';
import { placeOf, type Show, showsOf } from './programme.rules';
import { ScreeningNotes } from './screening-notes';
import { type Gone, useHold } from './use-hold';
import { WaitlistPanel } from './waitlist-panel';

export default function SeatsPage() {
  const { t } = useWords();
  const { screeningId = '' } = useParams();
  const { data: told, isError, refetch } = useQuery(programmeQuery);
  // Drawn in slices: a phone stays free to scroll and to answer a finger.
  const data = useDeferredValue(told);
  if (isError && !data)
    return (
      <div className={ui.page}>
        <Notice tone="error" title={t('app.no-answer')}>
          <Button kind="quiet" onClick={() => void refetch()}>
            {t('app.again')}
          </Button>
        </Notice>
      </div>
    );
  if (!data) return <Waiting label={t('app.loading')} />;
  const show = showsOf(data).find((other) => other.screening.id === screeningId);
  if (!show)
    return (
      <div className={ui.page}>
        <Empty whole title={t('app.lost')}>
          <Link to="/">{t('nav.programme')}</Link>
        </Empty>
      </div>
    );
  return <Choosing key={screeningId} programme={data} show={show} />;
}

/** From this width on the basket stands beside the hall. */
const WIDE = 1024;

/** Narrow pages, letters of double size and forced colours begin with the list. */
function startsAsList(): boolean {
  return window.innerWidth < 360 || matchMedia('(forced-colors: active)').matches;
}

function Choosing({ programme, show }: { programme: Programme; show: Show }) {
  const { t, language, count } = useWords();
  const navigate = useNavigate();
  const { state: lostAtCheckout } = useLocation() as { state: { lost?: Gone[]; wanted?: string[] } | null };
  useTitle(t('map.label', { title: show.screening.title[language] }));
  const { screening } = show;
  const { data: drawing } = useQuery(planQuery(screening.planId, screening.planVersion));
  const plan = useDeferredValue(drawing);
  const { data: map, isError, refetch } = useSeats(screening.id);
  const hall = useMemo(() => plan && drawnHall(plan), [plan]);
  const [asList, setAsList] = useState(startsAsList);
  const [zone, setZone] = useState<number | null>(null);
  const hold = useHold(screening.id, hall);
  const { list } = useBasket();
  const exchanging = useExchange();
  const mine = list.find((other) => other.screeningId === screening.id);
  const chosen = useMemo(() => mine?.seats.map((seat) => seat.id) ?? [], [mine]);
  const states = map?.states ?? '';
  const stateOf = useCallback(
    (seat: Seat): SeatState => (chosen.includes(seat.id) ? 'y' : ((states[seat.index] ?? 'n') as SeatState)),
    [chosen, states],
  );
  const { lostBefore } = hold;
  // biome-ignore lint/correctness/useExhaustiveDependencies: told once, when the hall is known
  useEffect(() => {
    if (hall && lostAtCheckout?.lost) lostBefore(lostAtCheckout.lost, lostAtCheckout.wanted ?? []);
  }, [hall, lostAtCheckout]);
  const full = !mine && list.length >= MOST_SCREENINGS;

  /** In a big hall the map then opens where the seats are. */
  async function pickBest(size: number) {
    // One's own seats count as free: the new hold replaces the old one.
    const own = new Set(hall?.seats.filter((seat) => chosen.includes(seat.id)).map((seat) => seat.index));
    const known = [...states].map((state, i) => (own.has(i) ? 'f' : state)).join('');
    await hold.best(size, known, zone);
    const first = basket.of(screening.id)?.seats[0]?.id;
    const seat = hall?.seats.find((other) => other.id === first);
    if (hall && isBig(hall) && seat) setZone(seat.zone);
    // On a phone the basket rises from below: the seats it is about stay in sight.
    if (seat && !asList && window.innerWidth < WIDE) document.getElementById('hall')?.scrollIntoView();
  }
  // Accessible places may be left: they are nobody else's.
  const soldOut =
    map?.onSale && chosen.length === 0 && hall?.seats.every((seat) => seat.kind !== 'seat' || stateOf(seat) !== 'f');
  const { venue, hall: room } = placeOf(programme, screening);
  const toggle = (seat: Seat) => void (full || hold.toggle(seat));
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
          <div className={styles.twin}>
            <Segmented
              label={t('map.view')}
              options={[
                { value: 'map', label: t('map.map'), icon: 'map' },
                { value: 'list', label: t('map.list'), icon: 'list' },
              ]}
              value={asList ? 'list' : 'map'}
              onChoose={(view) => setAsList(view === 'list')}
            />
          </div>
        </div>
        <div className={styles.notes}>
          <ExchangeBanner />
          <ScreeningNotes screening={screening} programme={programme} />
          {map?.stale && <Notice tone="warning">{t('map.stale')}</Notice>}
          {map && !map.onSale && !map.stale && screening.state !== 'cancelled' && (
            <Notice tone="warning">{t('map.closed')}</Notice>
          )}
          {full && <Notice tone="warning">{t('basket.too-many')}</Notice>}
          {isError && !map && (
            <Notice tone="error" title={t('map.failed')}>
              <Button kind="quiet" onClick={() => void refetch()}>
                {t('app.again')}
              </Button>
            </Notice>
          )}
        </div>
        {hall && <Legend prices={screening.prices} plan={hall.plan} />}
        {(!hall || !map) && !isError && (
          <div className={stageClass}>
            <Waiting label={t('app.loading')} />
          </div>
        )}
        {hall && map && (
          <HallView
            hall={hall}
            screening={screening}
            asList={asList}
            zone={zone}
            onEnter={setZone}
            stateOf={stateOf}
            onToggle={toggle}
          />
        )}
        {soldOut ? (
          <div className={styles.waitlist}>
            <WaitlistPanel screeningId={screening.id} />
          </div>
        ) : (
          <div className={styles.under}>
            <BestSeats busy={hold.busy || full} onPick={(n) => void pickBest(n)} quiet={chosen.length > 0} />
          </div>
        )}
      </div>
      <BasketPanel
        show={show}
        programme={programme}
        hold={mine}
        trouble={hold.trouble}
        lonely={hall && map ? leavesLonelySeat(hall, states, chosen) : false}
        onRemove={(id) => {
          const seat = hall?.seats.find((other) => other.id === id);
          if (seat) void hold.toggle(seat);
        }}
        onTake={(seats) => void hold.take(seats)}
        onEnd={() => {
          for (const other of list) basket.drop(other.screeningId);
          hold.ended();
        }}
        onPay={() => void navigate(exchanging ? `/orders/${exchanging.id}/exchange` : '/checkout')}
      />
      <p className="visually-hidden" role="status">
        {mine ? count('hold.spoken', mine.seats.length) : ''}
      </p>
    </div>
  );
}

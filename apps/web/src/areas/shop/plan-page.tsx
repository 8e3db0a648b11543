import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Programme } from '#libs/contracts';
import { formatDay, venueTime } from '#libs/kernel';
import { clockQuery, programmeQuery } from '../../api/screenings.api';
import { availabilityQuery } from '../../api/tickets.api';
import { passKindsQuery } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { Icon } from '../../ui/icon';
import { Button, buttonClass, Empty, Notice, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { plan, usePlan } from './plan';
import plans from './plan.module.css';
import { type PlanClash, planClashes, sharedIds } from './plan.rules';
import { type Show, showsOf } from './programme.rules';
import styles from './shop.module.css';
import { ShowRow } from './show-row';

const NO_TRAVEL = { minutes: 0, between: [] };

/** Starred screenings by day, what clashes among them, and ways to take them along; or a plan that somebody shared. */
export default function PlanPage() {
  const { t } = useWords();
  const { data } = useQuery(programmeQuery);
  useTitle(t('plan.title'));
  if (!data) return <Waiting label={t('app.loading')} />;
  return <Plan programme={data} />;
}

function Plan({ programme }: { programme: Programme }) {
  const { t, language } = useWords();
  const { edition } = programme;
  const [params] = useSearchParams();
  const own = usePlan();
  const shared = params.has('s') ? sharedIds(params.get('s')) : null;
  const ids = shared ?? own;
  const { data: clock } = useQuery(clockQuery);
  const { data: availability } = useQuery(availabilityQuery(edition.id));
  const { data: kinds } = useQuery(passKindsQuery(edition.id));
  const now = clock ? new Date(Date.now() + clock.aheadMs + clock.offsetMs) : null;
  const shows = showsOf(programme)
    .filter((show) => ids.includes(show.screening.id))
    .sort((a, b) => a.screening.startsAt.localeCompare(b.screening.startsAt));
  const clashes = planClashes(shows, kinds?.travel ?? NO_TRAVEL);
  const days = [...new Set(shows.map((show) => show.day))];
  if (shows.length === 0)
    return (
      <div className={ui.page}>
        <h1>{t('plan.title')}</h1>
        <Empty title={t('plan.none')}>
          <p>{t('plan.none-detail')}</p>
          <Link className={buttonClass()} to="/">
            {t('tickets.open-programme')}
          </Link>
        </Empty>
      </div>
    );
  return (
    <div className={ui.page}>
      <h1>{shared ? t('plan.shared') : t('plan.title')}</h1>
      {shared ? (
        <div>
          <Button onClick={() => plan.add(shows.map((show) => show.screening.id))}>{t('plan.add-all')}</Button>
        </div>
      ) : (
        <TakeAlong editionId={edition.id} ids={shows.map((show) => show.screening.id)} />
      )}
      {days.map((day) => (
        <section key={day} className={plans.planDay}>
          <h2>{formatDay(day, language)}</h2>
          <ul className={styles.rows}>
            {shows
              .filter((show) => show.day === day)
              .map((show) => (
                <ShowRow
                  key={show.screening.id}
                  show={show}
                  programme={programme}
                  free={availability?.screenings[show.screening.id]?.free}
                  now={now}
                />
              ))}
          </ul>
          <Clashes clashes={clashes.filter((clash) => clash.first.day === day)} />
        </section>
      ))}
    </div>
  );
}

function Clashes({ clashes }: { clashes: PlanClash[] }) {
  const { t, language } = useWords();
  const words = ({ screening }: Show) => ({
    title: screening.title[language],
    from: venueTime(new Date(screening.startsAt), screening.timezone),
    to: venueTime(new Date(screening.endsAt), screening.timezone),
  });
  return clashes.map(({ first, second, kind, travel, gap }) => {
    const [a, b] = [words(first), words(second)];
    return (
      <Notice key={`${first.screening.id} ${second.screening.id}`} tone="warning">
        {kind === 'overlap'
          ? t('plan.overlap', { first: a.title, to: a.to, second: b.title, from: b.from })
          : t('plan.travel', { first: a.title, second: b.title, gap, travel })}
      </Notice>
    );
  });
}

/** A feed that a calendar follows, and a link for friends. */
function TakeAlong({ editionId, ids }: { editionId: string; ids: string[] }) {
  const { t, language } = useWords();
  const [copied, setCopied] = useState(false);
  const feed = `/api/screenings/editions/${editionId}/calendar.ics?language=${language}&only=${ids.join(',')}`;
  const link = `${location.origin}/plan?s=${ids.join(',')}`;
  async function share() {
    if (navigator.share) {
      await navigator.share({ title: t('plan.title'), url: link }).catch(() => undefined);
      return;
    }
    await navigator.clipboard.writeText(link);
    setCopied(true);
  }
  return (
    <div className={ui.stack}>
      <div className={plans.planWays}>
        <a className={buttonClass('outline')} href={`webcal://${location.host}${feed}`}>
          <Icon name="calendar" />
          {t('plan.feed')}
        </a>
        <a className={buttonClass('outline')} href={feed} download="plan.ics">
          <Icon name="download" />
          .ics
        </a>
        <Button kind="outline" onClick={() => void share()}>
          <Icon name="person" />
          {t('plan.share')}
        </Button>
      </div>
      <p className="small quiet" role="status">
        {copied ? t('plan.copied') : t('plan.kept')}
      </p>
    </div>
  );
}

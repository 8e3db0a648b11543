import { useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { OfficeProgramme } from '#libs/contracts';
import { daysBetween, formatDateRange, formatDay, formatShortWeekday, venueDate } from '#libs/kernel';
import { clockQuery } from '../../../api/screenings.api';
import { useWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { Trouble } from '../../../ui/data-table';
import { Icon } from '../../../ui/icon';
import { ListAndPanel, PageHead } from '../../../ui/overlays';
import { buttonClass, Empty, Notice, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { CarryBar } from './carry-bar';
import { HallList } from './hall-list';
import { OpenMoves } from './open-moves';
import { ScreeningPanel } from './screening-panel';
import { type Ghost, Timetable } from './timetable';
import styles from './timetable.module.css';
import { dayOf, lanesOf } from './timetable.rules';
import { useOffice } from './use-office';
import { Ways } from './ways';

const WIDE = '(min-width: 768px)';
const onWidth = (told: () => void) => {
  const media = matchMedia(WIDE);
  media.addEventListener('change', told);
  return () => media.removeEventListener('change', told);
};

/** The programme day by day and hall by hall, and what is open of it. */
export default function TimetablePage() {
  const { t, language } = useWords();
  useTitle(t('office.programme'));
  const { may } = useSession();
  const { editions, edition, programme, error, again } = useOffice();
  const [search, setSearch] = useSearchParams();
  const open = search.get('open');
  const set = (values: Record<string, string | null>) =>
    setSearch((before) => {
      const next = new URLSearchParams(before);
      for (const [key, value] of Object.entries(values)) value === null ? next.delete(key) : next.set(key, value);
      return next;
    });
  const screening = programme?.screenings.find(({ id }) => id === open);
  const programmer = may('programmer');
  return (
    <ListAndPanel
      label={t('panel.label')}
      onBack={() => set({ open: null })}
      panel={
        screening && programme ? (
          <ScreeningPanel key={screening.id} screening={screening} programme={programme} />
        ) : null
      }
      list={
        <>
          <PageHead
            title={t('office.programme')}
            lead={edition ? formatDateRange(edition.from, edition.to, language) : t('programme.lead')}
          >
            {programmer && (
              <Link className={buttonClass()} to={`/office/programme/screenings/new?${search}`}>
                <Icon name="plus" /> {t('programme.add-screening')}
              </Link>
            )}
          </PageHead>
          <Ways editions={editions} edition={edition} />
          {error && <Trouble error={error} onRetry={again} />}
          {!programme && !error && edition && <Waiting label={t('app.loading')} rows={5} />}
          {!edition && !error && (
            <Empty title={t('programme.none')}>
              <Link className={buttonClass()} to="/office/programme/import">
                {t('programme.import')}
              </Link>
            </Empty>
          )}
          {programme && <Days programme={programme} search={search} set={set} programmer={programmer} />}
        </>
      }
    />
  );
}

interface DaysProps {
  programme: OfficeProgramme;
  search: URLSearchParams;
  set(values: Record<string, string | null>): void;
  programmer: boolean;
}

function Days({ programme, search, set, programmer }: DaysProps) {
  const { t, language, count } = useWords();
  const navigate = useNavigate();
  const wide = useSyncExternalStore(onWidth, () => matchMedia(WIDE).matches);
  const { data: clock } = useQuery(clockQuery);
  const [ghost, setGhost] = useState<Ghost | null>(null);
  const [dropped, setDropped] = useState(false);
  const zone = programme.edition.timezone;
  const now = clock ? new Date(clock.now) : null;
  const open = search.get('open');
  const named = programme.screenings.find(({ id }) => id === open);
  const days = [
    ...new Set([...daysBetween(programme.edition.from, programme.edition.to), ...programme.screenings.map(dayOf)]),
  ].sort();
  const today = now ? venueDate(now, zone) : '';
  const day = search.get('day') ?? (named ? dayOf(named) : days.includes(today) ? today : (days[0] ?? ''));
  const lanes = lanesOf(programme, day);
  const shows = (of: string) => programme.screenings.filter((one) => dayOf(one) === of && one.state !== 'cancelled');
  const troubled = (of: string) =>
    shows(of).some(({ id }) => programme.clashes.some((clash) => clash.screeningId === id || clash.otherId === id));
  const drop = () => setDropped(true);
  const carry = (next: Ghost | null) => {
    setDropped(false);
    setGhost(next);
  };
  return (
    <>
      <OpenMoves programme={programme} />
      <div className={styles.days} role="group" aria-label={t('timetable.days')}>
        {days.map((one) => (
          <button
            key={one}
            type="button"
            className={styles.day}
            aria-pressed={one === day}
            aria-label={`${formatDay(one, language)}, ${count('timetable.shows', shows(one).length)}`}
            onClick={() => {
              carry(null);
              set({ day: one, open: null });
            }}
          >
            <span>{formatShortWeekday(one, language)}</span>
            <strong>{Number(one.slice(8))}</strong>
            <span>{count('timetable.shows', shows(one).length)}</span>
            {troubled(one) && (
              <span className={styles.dayTrouble}>
                <Icon name="warning" />
                <span className="visually-hidden">{t('timetable.clash-legend')}</span>
              </span>
            )}
          </button>
        ))}
      </div>
      {lanes.length === 0 && <Notice title={t('timetable.no-halls')} />}
      {wide ? (
        <Timetable
          programme={programme}
          lanes={lanes}
          day={day}
          now={now}
          open={open}
          ghost={ghost}
          mayMove={programmer}
          onOpen={(id) => set({ open: id, day })}
          onGhost={carry}
          onDrop={drop}
        />
      ) : (
        <HallList programme={programme} lanes={lanes} onOpen={(id) => set({ open: id, day })} />
      )}
      {ghost && (
        <CarryBar
          programme={programme}
          ghost={ghost}
          dropped={dropped}
          onLeave={() => carry(null)}
          onMoveAnnounced={() =>
            navigate(`/office/programme/screenings/${ghost.id}/move?hall=${ghost.hallId}&start=${ghost.startsAt}`)
          }
        />
      )}
    </>
  );
}

import { type KeyboardEvent, type PointerEvent, type ReactNode, useCallback, useId, useRef } from 'react';
import type { OfficeProgramme } from '#libs/contracts';
import { venueTime } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import { hoursOf, StateSign } from './screening-words';
import styles from './timetable.module.css';
import {
  ADULT_MINUTE,
  type Axis,
  axisOf,
  blockBeside,
  clashesOf,
  instantOf,
  type Lane,
  linesOf,
  minuteOf,
  type OfficeScreening,
  STEP,
  shareOf,
} from './timetable.rules';

/** A block that is on its way to another hour or hall, before anybody decided. */
export interface Ghost {
  id: string;
  hallId: string;
  startsAt: string;
  /** The server's rule about it, as far as known. */
  trouble?: ReactNode;
}

interface TimetableProps {
  programme: OfficeProgramme;
  lanes: Lane[];
  day: string;
  now: Date | null;
  open: string | null;
  ghost: Ghost | null;
  mayMove: boolean;
  onOpen(id: string): void;
  onGhost(ghost: Ghost | null): void;
  onDrop(ghost: Ghost): void;
}

/** A day: halls as rows, shows as blocks with the time for changing the audience behind them. */
export function Timetable(props: TimetableProps) {
  const { programme, lanes, day, now, open, ghost } = props;
  const { t, language } = useWords();
  const help = useId();
  const axis = axisOf(lanes, day);
  const frame = useRef<HTMLDivElement>(null);
  const first = lanes.flatMap((lane) => lane.screenings)[0]?.id;
  const stop = open && lanes.some((lane) => lane.screenings.some(({ id }) => id === open)) ? open : first;
  const keys = useMovingKeys(props, axis);
  const onKeyDown = (event: KeyboardEvent) => {
    const id = (event.target as HTMLElement).dataset.block;
    if (!id || keys(event, id)) return;
    const next = blockBeside(lanes, id, event.key);
    if (!next) return;
    event.preventDefault();
    frame.current?.querySelector<HTMLElement>(`[data-block="${CSS.escape(next)}"]`)?.focus();
  };
  const at = now && lanes[0] ? minuteOf(now, day, lanes[0].timezone) : -1;
  return (
    <div className={styles.frame} ref={frame}>
      <p id={help} className="visually-hidden">
        {t('timetable.keys')}
      </p>
      <div
        className={styles.grid}
        role="group"
        aria-label={t('timetable.name')}
        aria-describedby={help}
        onKeyDown={onKeyDown}
      >
        <div className={styles.axis} aria-hidden="true">
          {axis.hours.slice(0, -1).map((hour) => (
            <Placed key={hour} from={shareOf(hour, axis)} className={styles.hour!}>
              {`${Math.floor(hour / 60) % 24}`.padStart(2, '0')}:00
            </Placed>
          ))}
          {ADULT_MINUTE < axis.to && (
            <Placed from={shareOf(ADULT_MINUTE, axis)} className={styles.adult!}>
              21+
            </Placed>
          )}
        </div>
        {lanes.map((lane) => (
          <section
            key={lane.hallId}
            className={styles.lane}
            aria-label={`${lane.venue[language]}, ${lane.hall[language]}`}
          >
            <h2 className={styles.hall}>
              {lane.hall[language]}
              <span>{lane.venue[language]}</span>
            </h2>
            <div
              className={styles.track}
              data-hall={lane.hallId}
              data-lines={Math.min(3, linesOf(lane.screenings).lines)}
            >
              <Lines axis={axis} at={at} />
              {lane.screenings.map((one) => (
                <Block key={one.id} one={one} lane={lane} axis={axis} stop={one.id === stop} {...props} />
              ))}
              {ghost?.hallId === lane.hallId && (
                <GhostBlock ghost={ghost} lane={lane} axis={axis} programme={programme} day={day} />
              )}
            </div>
          </section>
        ))}
      </div>
      {programme.clashes.length > 0 && (
        <p className={styles.legend}>
          <Icon name="warning" /> {t('timetable.clash-legend')}
        </p>
      )}
    </div>
  );
}

function Lines({ axis, at }: { axis: Axis; at: number }) {
  return (
    <svg className={styles.lines} aria-hidden="true">
      {ADULT_MINUTE < axis.to && (
        <rect className={styles.night} x={`${shareOf(ADULT_MINUTE, axis)}%`} width="100%" height="100%" />
      )}
      {axis.hours.map((hour) => (
        <line key={hour} x1={`${shareOf(hour, axis)}%`} x2={`${shareOf(hour, axis)}%`} y2="100%" />
      ))}
      {at > axis.from && at < axis.to && (
        <line className={styles.now} x1={`${shareOf(at, axis)}%`} x2={`${shareOf(at, axis)}%`} y2="100%" />
      )}
    </svg>
  );
}

/** Something at its place on the axis. Positions go in through the CSSOM: the page allows no style attributes. */
function Placed({
  from,
  long,
  line = 0,
  className,
  children,
}: {
  from: number;
  long?: number;
  line?: number;
  className: string;
  children?: ReactNode;
}) {
  const place = useCallback(
    (element: HTMLElement | null) => {
      element?.style.setProperty('--from', `${from}%`);
      if (long !== undefined) element?.style.setProperty('--long', `${long}%`);
      element?.style.setProperty('--line', `${line}`);
    },
    [from, long, line],
  );
  return (
    <div ref={place} className={className}>
      {children}
    </div>
  );
}

interface BlockProps extends TimetableProps {
  one: OfficeScreening;
  lane: Lane;
  axis: Axis;
  stop: boolean;
}

function Block({ one, lane, axis, stop, programme, day, open, ghost, mayMove, onOpen, onGhost, onDrop }: BlockProps) {
  const { t, language } = useWords();
  const clashes = clashesOf(programme, one.id);
  const line = linesOf(lane.screenings).line.get(one.id) ?? 0;
  const moving = programme.moves.some((move) => move.screeningId === one.id);
  const from = shareOf(minuteOf(one.startsAt, day, lane.timezone), axis);
  const end = shareOf(minuteOf(one.endsAt, day, lane.timezone), axis);
  const free = shareOf(minuteOf(one.freeFrom, day, lane.timezone), axis);
  const drag = useDrag({ one, day, lane, axis, enabled: mayMove && canMove(one) && !moving, onGhost, onDrop });
  return (
    <>
      {one.state !== 'cancelled' && <Placed from={end} long={free - end} line={line} className={styles.turnaround!} />}
      <Placed from={from} long={end - from} line={line} className={styles.place!}>
        <button
          type="button"
          className={styles.block}
          data-block={one.id}
          data-state={one.state}
          data-clash={clashes.length > 0 || undefined}
          data-moving={ghost?.id === one.id || undefined}
          data-main={one.highlight || undefined}
          tabIndex={stop ? 0 : -1}
          aria-expanded={open === one.id}
          onClick={() => !drag.moved() && onOpen(one.id)}
          {...drag.handlers}
        >
          <span className={styles.time}>
            {venueTime(new Date(one.startsAt), one.timezone)}
            <span className={styles.end}>–{venueTime(new Date(one.endsAt), one.timezone)}</span>
            {one.ageRating === '21+' && <b> 21+</b>}
          </span>
          <strong>{one.title[language]}</strong>
          <StateSign state={one.state} />
          {moving && (
            <span className={styles.mark}>
              <Icon name="swap" /> {t('timetable.moving')}
            </span>
          )}
          {clashes.map(({ kind, otherId }) => (
            <span key={otherId} className={styles.clash}>
              <Icon name="warning" />
              {t(kind === 'hall-overlap' ? 'timetable.overlap' : 'timetable.short-turnaround')}
            </span>
          ))}
        </button>
      </Placed>
    </>
  );
}

function GhostBlock({
  ghost,
  lane,
  axis,
  programme,
  day,
}: Pick<TimetableProps, 'programme' | 'day'> & { ghost: Ghost; lane: Lane; axis: Axis }) {
  const { language } = useWords();
  const one = programme.screenings.find(({ id }) => id === ghost.id);
  if (!one) return null;
  const long = +new Date(one.endsAt) - +new Date(one.startsAt);
  const endsAt = new Date(+new Date(ghost.startsAt) + long).toISOString();
  const from = shareOf(minuteOf(ghost.startsAt, day, lane.timezone), axis);
  const end = shareOf(minuteOf(endsAt, day, lane.timezone), axis);
  return (
    <Placed from={from} long={end - from} className={styles.ghost!}>
      <span className={styles.time}>{hoursOf({ ...one, startsAt: ghost.startsAt, endsAt })}</span>
      <strong>{one.title[language]}</strong>
    </Placed>
  );
}

const canMove = ({ state }: OfficeScreening) => !['ended', 'cancelled'].includes(state);

/** m takes a block up; arrows carry it, Enter puts it down, Escape leaves it where it was. */
function useMovingKeys({ lanes, day, ghost, programme, mayMove, onGhost, onDrop }: TimetableProps, axis: Axis) {
  return (event: KeyboardEvent, id: string): boolean => {
    const one = programme.screenings.find((other) => other.id === id);
    if (!one || !mayMove || !canMove(one)) return false;
    if (!ghost) {
      if (event.key.toLowerCase() !== 'm' && event.code !== 'KeyM') return false;
      if (event.ctrlKey || event.metaKey || event.altKey) return false;
      onGhost({ id, hallId: one.hallId, startsAt: one.startsAt });
      return true;
    }
    const hall = lanes.findIndex((lane) => lane.hallId === ghost.hallId);
    const lane = lanes[hall];
    if (!lane) return false;
    const by = (minutes: number) => {
      const minute = minuteOf(ghost.startsAt, day, lane.timezone) + minutes;
      onGhost({ ...ghost, startsAt: instantOf(Math.min(axis.to, Math.max(axis.from, minute)), day, lane.timezone) });
    };
    const to = (index: number) => lanes[index] && onGhost({ ...ghost, hallId: lanes[index].hallId });
    if (event.key === 'ArrowLeft') by(event.shiftKey ? -60 : -STEP);
    else if (event.key === 'ArrowRight') by(event.shiftKey ? 60 : STEP);
    else if (event.key === 'ArrowUp') to(hall - 1);
    else if (event.key === 'ArrowDown') to(hall + 1);
    else if (event.key === 'Escape') onGhost(null);
    else if (event.key === 'Enter') onDrop(ghost);
    else return false;
    event.preventDefault();
    return true;
  };
}

const STARTS_AFTER_PX = 6;

interface Drag {
  one: OfficeScreening;
  day: string;
  lane: Lane;
  axis: Axis;
  enabled: boolean;
  onGhost(ghost: Ghost | null): void;
  onDrop(ghost: Ghost): void;
}

/** The mouse's way of the same: press, carry over hours and halls, let go. Touch scrolls, as everywhere. */
function useDrag({ one, day, lane, axis, enabled, onGhost, onDrop }: Drag) {
  const held = useRef<{ x: number; y: number; ghost: Ghost | null; moved: boolean } | null>(null);
  const moved = useRef(false);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    moved.current = false;
    if (!enabled || event.pointerType === 'touch' || event.button !== 0) return;
    held.current = { x: event.clientX, y: event.clientY, ghost: null, moved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const from = held.current;
    if (!from) return;
    if (!from.moved && Math.hypot(event.clientX - from.x, event.clientY - from.y) < STARTS_AFTER_PX) return;
    from.moved = true;
    moved.current = true;
    const tracks = [...document.querySelectorAll<HTMLElement>('[data-hall]')];
    const track = tracks.find((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return event.clientY >= top && event.clientY <= bottom;
    });
    const width = event.currentTarget.closest<HTMLElement>('[data-hall]')?.offsetWidth ?? 1;
    const minutes = ((event.clientX - from.x) / width) * (axis.to - axis.from);
    const startsAt = instantOf(minuteOf(one.startsAt, day, lane.timezone) + minutes, day, lane.timezone);
    from.ghost = { id: one.id, hallId: track?.dataset.hall ?? one.hallId, startsAt };
    onGhost(from.ghost);
  };
  const onPointerUp = () => {
    const ghost = held.current?.ghost;
    held.current = null;
    if (ghost) onDrop(ghost);
  };
  return {
    moved: () => moved.current,
    handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: onPointerUp },
  };
}

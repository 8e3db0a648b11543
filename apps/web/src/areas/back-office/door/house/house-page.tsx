import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { HousePage as House } from '#libs/contracts';
import { formatShortDayTime, venueTime } from '#libs/kernel';
import { closeDoors, confirmSync, housePageQuery, pauseSales } from '../../../../api/tickets-house.api';
import { useWords } from '../../../../i18n';
import { Trouble } from '../../../../ui/data-table';
import { Icon } from '../../../../ui/icon';
import { ConfirmDialog, Figures } from '../../../../ui/overlays';
import { Button, buttonClass, Notice, ui, Waiting } from '../../../../ui/parts';
import { useTitle } from '../../../../ui/use-title';
import { RushPanel } from '../rush/rush-panel';
import { ConflictList } from './conflict-list';
import { DoorRulesForm } from './door-rules-form';
import { FindByName } from './find-by-name';
import styles from './house.module.css';
import { DeviceTable, GateTable } from './house-tables';
import { Quarantine } from './quarantine';

/** One screening while its people come: figures, gates, devices, what clashes, and the deeds of whoever runs the house. */
export function HousePage() {
  const { t, language } = useWords();
  const { screeningId = '' } = useParams();
  const { data, error, refetch } = useQuery(housePageQuery(screeningId));
  const name = data?.screening.title[language];
  useTitle(name ?? t('house.title'));
  if (error && !data)
    return (
      <div className={ui.page}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!data) return <Waiting label={t('app.loading')} rows={6} />;
  const { screening } = data;
  const time = (at: string) => venueTime(new Date(at), screening.timezone);
  return (
    <>
      <header className={styles.head}>
        <p className={styles.when}>
          {screening.area
            ? t('house.area-day', {
                time: formatShortDayTime(new Date(screening.startsAt), screening.timezone, language),
              })
            : `${formatShortDayTime(new Date(screening.startsAt), screening.timezone, language)} · ${screening.venue[language]}, ${screening.hall[language]}`}
        </p>
        <h1>{name}</h1>
        <p className="quiet">
          {t('house.doors-from-to', { from: time(screening.doorsOpenAt), to: time(screening.lateEntryUntil) })}
        </p>
        {!screening.area && <Deeds house={data} />}
      </header>
      <Now house={data} />
      <div className={styles.body}>
        {error && <Trouble error={error} onRetry={() => void refetch()} />}
        <Alarms house={data} />
        <ConflictList house={data} />
        <div className={styles.beside}>
          {!screening.area && (
            <>
              <Release house={data} />
              <section className={styles.part} aria-labelledby="rush">
                <h2 id="rush">{t('rush.title')}</h2>
                <RushPanel screening={screening.id} />
                <Link className={buttonClass('quiet')} to={`/office/door/rush/${screening.id}`}>
                  {t('rush.big')}
                </Link>
              </section>
              <FindByName screening={screening.id} />
            </>
          )}
          <GateTable house={data} />
        </div>
        <DeviceTable house={data} />
        {data.quarantined > 0 && <Quarantine house={data} />}
        <DoorRulesForm key={JSON.stringify(data.rules)} house={data} />
      </div>
    </>
  );
}

function Now({ house }: { house: House }) {
  const { t } = useWords();
  const { screening, noShows, rush } = house;
  const inside = {
    id: 'inside',
    figure: screening.capacity.inside,
    words: t('house.inside-of', { of: screening.capacity.of }),
  };
  if (screening.area) return <Figures items={[{ ...inside, words: t('house.inside') }]} />;
  return (
    <Figures
      items={[
        {
          id: 'in',
          figure: <span aria-live="polite">{screening.admitted}</span>,
          words: t('house.admitted-of', { of: screening.expected }),
        },
        inside,
        {
          id: 'expected',
          figure: Math.max(0, screening.expected - screening.admitted),
          words: t('house.still-expected'),
        },
        { id: 'missing', figure: noShows, words: t('house.no-shows') },
        {
          id: 'rush',
          figure: rush.waiting,
          words: t('house.rush-line', { admitted: rush.admitted, free: rush.free }),
        },
      ]}
    />
  );
}

/** What needs a person now, before anything else. */
function Alarms({ house }: { house: House }) {
  const { t } = useWords();
  const { alarm, screening, doorsClosedAt, salesPaused } = house;
  return (
    <>
      {alarm && (
        <Notice tone={alarm === 'over' ? 'error' : 'warning'} title={t(`house.alarm-${alarm}`)}>
          <p>{t('house.alarm-how', { in: screening.capacity.inside, of: screening.capacity.of })}</p>
        </Notice>
      )}
      {doorsClosedAt && (
        <Notice
          tone="warning"
          title={t('house.doors-closed-at', { time: venueTime(new Date(doorsClosedAt), screening.timezone) })}
        >
          <p>{t('house.doors-closed-how')}</p>
        </Notice>
      )}
      {salesPaused && <Notice tone="warning" title={t('house.sales-paused')} />}
    </>
  );
}

function useHouseDeed<Sent>(id: string, deed: (sent: Sent) => Promise<House>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: deed,
    onSuccess: (page) => client.setQueryData(housePageQuery(id).queryKey, page),
  });
}

function Deeds({ house }: { house: House }) {
  const { t } = useWords();
  const { id } = house.screening;
  const [asked, setAsked] = useState(false);
  const sales = useHouseDeed(id, (paused: boolean) => pauseSales(id, paused));
  const doors = useHouseDeed(id, (closed: boolean) => closeDoors(id, closed));
  const closed = house.doorsClosedAt !== null;
  return (
    <>
      <div className={styles.deeds}>
        <Button busy={doors.isPending} onClick={() => (closed ? doors.mutate(false) : setAsked(true))}>
          <Icon name="door" /> {closed ? t('house.open-doors') : t('house.close-doors')}
        </Button>
        <Button kind="outline" busy={sales.isPending} onClick={() => sales.mutate(!house.salesPaused)}>
          <Icon name={house.salesPaused ? 'play' : 'ticket'} />{' '}
          {house.salesPaused ? t('house.go-on-selling') : t('house.pause-sales')}
        </Button>
        <Link className={buttonClass('outline')} to="paper">
          <Icon name="print" /> {t('house.paper')}
        </Link>
      </div>
      {(sales.error ?? doors.error) && <Trouble error={(sales.error ?? doors.error) as Error} />}
      <ConfirmDialog
        open={asked}
        title={t('house.close-doors-title')}
        verb={t('house.close-doors')}
        busy={doors.isPending}
        onConfirm={() => doors.mutate(true, { onSettled: () => setAsked(false) })}
        onClose={() => setAsked(false)}
      >
        <p>{t('house.close-doors-how')}</p>
      </ConfirmDialog>
    </>
  );
}

/** When seats that nobody took may go, and which device they still wait for. */
function Release({ house }: { house: House }) {
  const { t } = useWords();
  const { id, timezone } = house.screening;
  const { at, waitingFor, confirmedAt } = house.release;
  const confirm = useHouseDeed(id, () => confirmSync(id));
  return (
    <section className={styles.part} aria-labelledby="release">
      <h2 id="release">{t('house.release')}</h2>
      <p>{t('house.release-at', { time: venueTime(new Date(at), timezone) })}</p>
      {confirmedAt ? (
        <p className={styles.good}>
          <Icon name="check" /> {t('house.release-confirmed', { time: venueTime(new Date(confirmedAt), timezone) })}
        </p>
      ) : waitingFor.length === 0 ? (
        <p className={styles.good}>
          <Icon name="check" /> {t('house.release-synced')}
        </p>
      ) : (
        <>
          <p>{t('house.release-waits', { devices: waitingFor.join(', ') })}</p>
          <div className={styles.deeds}>
            <Button kind="outline" busy={confirm.isPending} onClick={() => confirm.mutate(undefined)}>
              {t('house.release-anyway')}
            </Button>
          </div>
        </>
      )}
      {confirm.error && <Trouble error={confirm.error} />}
    </section>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceList } from '#libs/contracts';
import { formatShortDayTime, MINUTE } from '#libs/kernel';
import { devicesQuery, revokeDevice } from '../../../../api/door-devices.api';
import { programmeQuery } from '../../../../api/screenings.api';
import { useWords } from '../../../../i18n';
import { type Column, DataTable, Trouble, TwoLines } from '../../../../ui/data-table';
import { Icon } from '../../../../ui/icon';
import { ConfirmDialog, ListAndPanel, PageHead } from '../../../../ui/overlays';
import { Button, buttonClass, StateWord } from '../../../../ui/parts';
import { useTitle } from '../../../../ui/use-title';
import { HERE } from '../../here';
import { useEdition } from '../../use-edition';
import { PairDevice } from './pair-device';
import { Pins } from './pins';

type Device = DeviceList['devices'][number];
type Panel = 'pair' | 'pins' | null;
const TONE = { paired: 'ok', registered: 'warning', revoked: 'error' } as const;
/** A clock that is off by more is said so beside the device. */
const CLOCK_OFF_MS = 2 * MINUTE;

/** Scanners: paired by a code that is shown once, how fresh is what each holds, and dead at once when they are lost. */
export default function DevicesPage() {
  const { t } = useWords();
  useTitle(t('door.scanners'));
  const client = useQueryClient();
  const { id: edition } = useEdition();
  const [panel, setPanel] = useState<Panel>(null);
  const [lost, setLost] = useState<Device | null>(null);
  const query = devicesQuery(edition);
  const { data, error, refetch } = useQuery({ ...query, enabled: edition !== '' });
  const revoke = useMutation({
    mutationFn: (id: string) => revokeDevice(id),
    onSuccess: () => {
      setLost(null);
      return client.invalidateQueries({ queryKey: query.queryKey });
    },
  });
  const columns = useColumns(setLost);
  return (
    <ListAndPanel
      label={panel === 'pins' ? t('door.pins') : t('door.pair')}
      onBack={() => setPanel(null)}
      panel={panel === 'pair' ? <PairDevice edition={edition} /> : panel === 'pins' ? <Pins edition={edition} /> : null}
      list={
        <>
          <PageHead title={t('door.scanners')} lead={t('door.lead')}>
            <Button onClick={() => setPanel('pair')}>
              <Icon name="scan" /> {t('door.pair')}
            </Button>
            <Button kind="outline" onClick={() => setPanel('pins')}>
              <Icon name="key" /> {t('door.pins')}
            </Button>
            <a className={buttonClass('quiet')} href="/scanner#practice-codes" target="_blank" rel="noreferrer">
              {t('door.practice-codes')}
            </a>
          </PageHead>
          <DataTable
            caption={t('door.scanners')}
            columns={columns}
            rows={data?.devices}
            rowId={(one) => one.id}
            error={error}
            onRetry={() => void refetch()}
            empty={{ title: t('door.none'), children: <p>{t('door.none-how')}</p> }}
          />
          {revoke.error && <Trouble error={revoke.error} />}
          <ConfirmDialog
            open={lost !== null}
            title={t('door.revoke-title', { name: lost?.name ?? '' })}
            verb={t('door.revoke')}
            busy={revoke.isPending}
            onConfirm={() => lost && revoke.mutate(lost.id)}
            onClose={() => setLost(null)}
          >
            <p>{t('door.revoke-lead')}</p>
          </ConfirmDialog>
        </>
      }
    />
  );
}

function useColumns(onRevoke: (device: Device) => void): Column<Device>[] {
  const { t, count, language } = useWords();
  const { data: programme } = useQuery(programmeQuery);
  const halls = new Map(programme?.venues.flatMap(({ halls: all }) => all.map(({ id, name }) => [id, name[language]])));
  const time = (at: string) => formatShortDayTime(new Date(at), HERE, language);
  const scopeOf = ({ scope, gate }: Device) =>
    [
      t('door.gate', { gate }),
      scope.halls?.map((id: string) => halls.get(id) ?? id).join(', '),
      scope.screenings &&
        (scope.screenings.length > 0 ? count('door.only-screenings', scope.screenings.length) : t('door.at-area')),
      scope.areas && scope.areas.length > 0 && t('door.zones', { zones: scope.areas.join(' ') }),
    ]
      .filter(Boolean)
      .join(' · ');
  return [
    {
      id: 'name',
      title: t('door.device'),
      names: true,
      cell: (one) => <TwoLines first={one.name} second={scopeOf(one)} />,
    },
    {
      id: 'state',
      title: t('door.state'),
      cell: (one) => <StateWord tone={TONE[one.state]}>{t(`door.state-${one.state}`)}</StateWord>,
    },
    {
      id: 'seen',
      title: t('door.seen'),
      cell: (one) => (
        <TwoLines
          first={one.seenAt ? time(one.seenAt) : t('door.never')}
          second={[one.listAt && t('door.list-of', { time: time(one.listAt) }), one.appVersion]
            .filter(Boolean)
            .join(' · ')}
        />
      ),
    },
    { id: 'scans', title: t('door.scans'), figures: true, cell: (one) => one.scans },
    {
      id: 'waiting',
      title: t('door.waiting'),
      figures: true,
      cell: (one) => (
        <TwoLines
          first={one.waiting}
          second={
            one.quarantined > 0
              ? t('door.quarantined', { n: one.quarantined })
              : Math.abs(one.clockOffsetMs ?? 0) > CLOCK_OFF_MS
                ? count('door.clock-off', Math.round(Math.abs(one.clockOffsetMs ?? 0) / MINUTE))
                : undefined
          }
        />
      ),
    },
    { id: 'until', title: t('door.until'), cell: (one) => time(one.until) },
    {
      id: 'verbs',
      title: '',
      cell: (one) =>
        one.state !== 'revoked' && (
          <Button kind="quiet" aria-label={t('door.revoke-one', { name: one.name })} onClick={() => onRevoke(one)}>
            {t('door.revoke')}
          </Button>
        ),
    },
  ];
}

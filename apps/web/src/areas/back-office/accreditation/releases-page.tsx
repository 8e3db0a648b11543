import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Release, ReleaseDecisions } from '#libs/contracts';
import { formatShortDayTime, venueInstant, venueLocal } from '#libs/kernel';
import {
  changeRelease,
  discardRelease,
  openRelease,
  releaseDecisionsQuery,
  releaseNow,
  releaseQuery,
  releasesQuery,
  undoDecisions,
} from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { type Column, DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { ConfirmDialog, Figures, ListAndPanel, PageHead } from '../../../ui/overlays';
import { Button, Field, Notice, StateWord, ui, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import styles from './office-accreditation.module.css';

const ZONE = 'Asia/Almaty';
const TONE = { prepared: 'warning', released: 'ok', discarded: 'info' } as const;
const total = ({ counts }: Release) => counts.approve + counts.reject + counts.waitlist;

/** Acts that make decisions visible at once: what would go, when, and taking it back before. */
export function ReleasesPage() {
  const { t, language } = useWords();
  useTitle(t('acc.page-releases'));
  const { id: edition } = useEdition();
  const { id = null } = useParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(releasesQuery(edition));
  const open = useMutation({
    mutationFn: (name: string) => openRelease(edition, name),
    onSettled: () => client.invalidateQueries({ queryKey: ['releases'] }),
    onSuccess: (release) => void navigate(`/office/accreditation/releases/${release.id}`),
  });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const name = String(new FormData(form).get('name')).trim();
    if (name) open.mutate(name, { onSuccess: () => form.reset() });
  }
  const columns: Column<Release>[] = [
    {
      id: 'name',
      title: t('release.name'),
      names: true,
      cell: (release) => <TwoLines first={release.name} second={whenOf(release, t, language)} />,
    },
    {
      id: 'state',
      title: t('decide.state'),
      cell: (release) => <StateWord tone={TONE[release.state]}>{t(`release.state-${release.state}`)}</StateWord>,
    },
    { id: 'decisions', title: t('release.decisions'), figures: true, cell: total },
  ];
  return (
    <ListAndPanel
      label={t('release.one')}
      onBack={() => void navigate('/office/accreditation/releases')}
      panel={id && <ReleasePanel key={id} id={id} />}
      list={
        <>
          <PageHead title={t('acc.page-releases')} lead={t('release.lead')} />
          <form className={styles.inline} onSubmit={submit}>
            <Field label={t('release.new-name')} name="name" maxLength={120} required />
            <Button type="submit" kind="outline" busy={open.isPending}>
              {t('release.open')}
            </Button>
          </form>
          {open.error && <Trouble error={open.error} />}
          <DataTable
            caption={t('acc.page-releases')}
            columns={columns}
            rows={data?.releases}
            error={error}
            onRetry={() => void refetch()}
            rowId={(release) => release.id}
            rowName={(release) => release.name}
            open={{ id, onOpen: (one) => void navigate(`/office/accreditation/releases/${one}`) }}
            empty={{ title: t('release.none') }}
          />
        </>
      }
    />
  );
}

function whenOf(release: Release, t: ReturnType<typeof useWords>['t'], language: 'kk' | 'ru' | 'en'): string {
  const day = (at: string) => formatShortDayTime(new Date(at), ZONE, language);
  if (release.releasedAt) return t('release.went', { when: day(release.releasedAt) });
  return release.releaseAt ? t('release.goes', { when: day(release.releaseAt) }) : t('release.by-hand');
}

function ReleasePanel({ id }: { id: string }) {
  const { t, language, count } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data, error } = useQuery(releaseQuery(id));
  const [sure, setSure] = useState<'release' | 'discard'>();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['releases'] }),
      client.invalidateQueries({ queryKey: ['review'] }),
    ]);
  const deed = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onSettled: refresh });
  if (error && !data) return <Trouble error={error} />;
  if (!data) return <Waiting label={t('app.loading')} />;
  const waits = data.state === 'prepared';
  function setTime(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const local = String(new FormData(event.currentTarget).get('at'));
    deed.mutate(() => changeRelease(data!, local ? venueInstant(local, ZONE).toISOString() : null));
  }
  return (
    <>
      <h2>{data.name}</h2>
      <p>
        <StateWord tone={TONE[data.state]}>{t(`release.state-${data.state}`)}</StateWord> {whenOf(data, t, language)}
      </p>
      <Figures
        items={(['approve', 'waitlist', 'reject'] as const).map((one) => ({
          id: one,
          figure: data.counts[one],
          words: t(`release.do-${one}`),
        }))}
      />
      {data.notGoing.length > 0 && (
        <Notice tone="warning" title={count('release.not-going', data.notGoing.length)}>
          <ul>
            {[...new Set(data.notGoing.map((one) => one.reason[language]))].map((why) => (
              <li key={why}>{why}</li>
            ))}
          </ul>
        </Notice>
      )}
      {deed.error && <Trouble error={deed.error} />}
      {waits && (
        <>
          <form className={styles.inline} onSubmit={setTime}>
            <Field
              key={data.releaseAt}
              label={t('release.at')}
              hint={t('release.at-hint')}
              type="datetime-local"
              name="at"
              defaultValue={data.releaseAt ? venueLocal(new Date(data.releaseAt), ZONE).slice(0, 16) : ''}
            />
            <Button type="submit" kind="outline" busy={deed.isPending}>
              {t('release.set-time')}
            </Button>
          </form>
          <div className={styles.verbs}>
            <Button aria-disabled={total(data) === 0 || undefined} onClick={() => setSure('release')}>
              {t('release.now')}
            </Button>
            <Button kind="quiet" onClick={() => setSure('discard')}>
              {t('release.discard')}
            </Button>
          </div>
        </>
      )}
      <Decisions id={id} waits={waits} undo={(one) => deed.mutate(() => undoDecisions(id, [one]))} />
      <ConfirmDialog
        open={sure === 'release'}
        title={t('release.now')}
        verb={t('release.now')}
        busy={deed.isPending}
        onClose={() => setSure(undefined)}
        onConfirm={() => deed.mutate(() => releaseNow(id), { onSettled: () => setSure(undefined) })}
      >
        <p>{count('release.letters', total(data))}</p>
      </ConfirmDialog>
      <ConfirmDialog
        open={sure === 'discard'}
        title={t('release.discard')}
        verb={t('release.discard')}
        busy={deed.isPending}
        onClose={() => setSure(undefined)}
        onConfirm={() =>
          deed.mutate(() => discardRelease(id), {
            onSettled: () => setSure(undefined),
            onSuccess: () => void navigate('/office/accreditation/releases'),
          })
        }
      >
        <p>{t('release.discard-detail')}</p>
      </ConfirmDialog>
    </>
  );
}

type Decision = ReleaseDecisions['decisions'][number];

function Decisions({ id, waits, undo }: { id: string; waits: boolean; undo(applicationId: string): void }) {
  const { t } = useWords();
  const decisions = useInfiniteQuery(releaseDecisionsQuery(id));
  const rows = decisions.data?.pages.flatMap((page) => page.decisions);
  const columns: Column<Decision>[] = [
    {
      id: 'name',
      title: t('decide.who'),
      names: true,
      cell: (row) => <TwoLines first={row.name} second={row.outlet} />,
    },
    { id: 'decision', title: t('release.decision'), cell: (row) => t(`release.do-${row.decision}`) },
    ...(waits
      ? [
          {
            id: 'undo',
            title: t('ui.undo'),
            cell: (row: Decision) => (
              <Button kind="quiet" aria-label={`${t('ui.undo')}: ${row.name}`} onClick={() => undo(row.applicationId)}>
                {t('ui.undo')}
              </Button>
            ),
          },
        ]
      : []),
  ];
  return (
    <section className={ui.stack} aria-label={t('release.would-go')}>
      <h3>{waits ? t('release.would-go') : t('release.gone')}</h3>
      <DataTable
        caption={t('release.would-go')}
        columns={columns}
        rows={rows}
        error={decisions.error}
        rowId={(row) => row.applicationId}
        empty={{ title: t('release.empty') }}
        more={
          decisions.hasNextPage
            ? { busy: decisions.isFetchingNextPage, onMore: () => void decisions.fetchNextPage() }
            : undefined
        }
      />
    </section>
  );
}

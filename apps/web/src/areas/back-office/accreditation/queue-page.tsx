import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import type { ReviewRow } from '#libs/contracts';
import { queueQuery } from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { type Column, DataTable, TwoLines } from '../../../ui/data-table';
import { ListAndPanel, PageHead } from '../../../ui/overlays';
import { Button, StateWord } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import { KeysDialog } from './keys-dialog';
import styles from './office-accreditation.module.css';
import { PrepareBar } from './prepare-bar';
import { filterIn } from './queue.rules';
import { QueueFilters } from './queue-filters';
import { QuotaFoot } from './quotas-page';
import { ReviewPanel } from './review-panel';
import { useStateWords } from './review-words';
import { type DeedName, useQueueKeys } from './use-queue-keys';

const OPEN_STATES = ['submitted', 'under-review', 'appealed'];
const HOURS = 24;

/** The officer's queue: who waits, since when, and what to do with the one that is open. */
export function QueuePage() {
  const { t } = useWords();
  useTitle(t('decide.title'));
  const { id: edition } = useEdition();
  const { id = null } = useParams();
  const navigate = useNavigate();
  const { search } = useLocation();
  const [params, setParams] = useSearchParams();
  const filter = filterIn(params);
  const queue = useInfiniteQuery(queueQuery(edition, filter));
  const rows = queue.data?.pages.flatMap((page) => page.applications);
  const counts = queue.data?.pages[0]?.counts ?? {};
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [deed, setDeed] = useState<{ name: DeedName; nth: number }>();
  const [keys, setKeys] = useState(false);
  const open = (next: string) => void navigate(`/office/accreditation/applications/${next}${search}`);
  const toggle = (one: string) => {
    const next = new Set(chosen);
    if (!next.delete(one)) next.add(one);
    setChosen(next);
  };
  useQueueKeys({
    ids: rows?.map((row) => row.id) ?? [],
    at: id,
    onOpen: open,
    onToggle: toggle,
    onDeed: (name) => setDeed((last) => ({ name, nth: (last?.nth ?? 0) + 1 })),
    onKeys: () => setKeys(true),
  });
  const waiting = OPEN_STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  const columns = useColumns();
  return (
    <>
      <ListAndPanel
        label={t('decide.one')}
        onBack={() => void navigate(`/office/accreditation${search}`)}
        panel={id && <ReviewPanel key={id} id={id} asked={deed} onDone={() => setDeed(undefined)} />}
        list={
          <>
            <PageHead title={t('decide.waiting', { n: waiting })}>
              <Button kind="outline" onClick={() => void navigate('/office/accreditation/delegations')}>
                {t('decide.group')}
              </Button>
              <Button kind="outline" onClick={() => void navigate('/office/accreditation/releases')}>
                {t('acc.page-releases')}
              </Button>
            </PageHead>
            <QueueFilters edition={edition} filter={filter} counts={counts} onChange={setParams} />
            {chosen.size > 0 && (
              <PrepareBar
                edition={edition}
                chosen={rows?.filter((row) => chosen.has(row.id)) ?? []}
                onDone={() => setChosen(new Set())}
              />
            )}
            <DataTable
              caption={t('decide.title')}
              columns={columns}
              rows={edition && rows ? rows : undefined}
              error={queue.error}
              onRetry={() => void queue.refetch()}
              rowId={(row) => row.id}
              rowName={(row) => row.name || t('decide.forgotten')}
              open={{ id, onOpen: open }}
              selection={{
                chosen,
                onToggle: toggle,
                onAll: (on) => setChosen(new Set(on ? rows?.map((row) => row.id) : [])),
              }}
              empty={{ title: t('decide.empty') }}
              more={
                queue.hasNextPage
                  ? { busy: queue.isFetchingNextPage, onMore: () => void queue.fetchNextPage() }
                  : undefined
              }
            />
            <footer className={styles.foot}>
              <QuotaFoot edition={edition} />
              <Button kind="quiet" onClick={() => setKeys(true)}>
                <kbd>?</kbd> {t('keys.title')}
              </Button>
            </footer>
          </>
        }
      />
      <KeysDialog open={keys} onClose={() => setKeys(false)} />
    </>
  );
}

function useColumns(): Column<ReviewRow>[] {
  const { t, language, count } = useWords();
  const stateWords = useStateWords();
  const age = (hours: number) =>
    hours < HOURS ? count('decide.hours', hours) : count('decide.days', Math.floor(hours / HOURS));
  return [
    {
      id: 'name',
      title: t('decide.who'),
      names: true,
      cell: (row) => (
        <TwoLines
          first={row.name || t('decide.forgotten')}
          second={[row.outlet, row.country].filter(Boolean).join(' · ')}
        />
      ),
    },
    { id: 'category', title: t('decide.category'), cell: (row) => row.categoryName[language] },
    { id: 'papers', title: t('decide.papers'), cell: (row) => <PaperBars {...row.papers} /> },
    {
      id: 'state',
      title: t('decide.state'),
      cell: (row) => (
        <>
          <StateWord tone={stateWords(row.state).tone}>{stateWords(row.state).word}</StateWord>
          {row.prepared && <span className="small quiet"> {t('decide.in-release')}</span>}
        </>
      ),
    },
    { id: 'age', title: t('decide.age'), figures: true, cell: (row) => age(row.waitingHours) },
  ];
}

/** Papers as small bars: filled ones are there. */
function PaperBars({ asked, given }: { asked: number; given: number }) {
  const { t } = useWords();
  return (
    <span className={styles.bars}>
      <span className="visually-hidden">{t('decide.papers-of', { n: given, of: asked })}</span>
      {Array.from({ length: asked }, (_, index) => `bar ${index}`).map((bar, index) => (
        <span key={bar} className={styles.bar} data-there={index < given || undefined} aria-hidden="true" />
      ))}
    </span>
  );
}

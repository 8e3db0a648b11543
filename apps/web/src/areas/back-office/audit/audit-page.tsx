import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import type { AuditPage as Page } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { AUDIT_PARTS, type AuditPart, auditQuery, peopleNamedQuery } from '../../../api/house.api';
import { useWords } from '../../../i18n';
import { Segmented } from '../../../ui/choices';
import { type Column, DataTable, TwoLines } from '../../../ui/data-table';
import { PageHead } from '../../../ui/overlays';
import { Field, ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { HERE } from '../here';
import styles from './audit.module.css';

type Entry = Page['entries'][number];

/** Every privileged change, the newest first: when, who, what, to what. */
export function AuditPage() {
  const { t, language } = useWords();
  useTitle(t('audit.log'));
  const [part, setPart] = useState<AuditPart>('tickets');
  const [action, setAction] = useState('');
  const [subject, setSubject] = useState('');
  const filter = useDeferredValue({
    ...(action.trim() && { action: action.trim() }),
    ...(subject.trim() && { subject: subject.trim() }),
  });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditQuery(part, filter),
  );
  const entries = data?.pages.flatMap((page) => page.entries);
  const { data: people } = useQuery(peopleNamedQuery(entries?.map((entry) => entry.actor) ?? []));
  const name = (id: string) => {
    const person = people?.people.find((one) => one.id === id);
    return person?.name || person?.email || id;
  };
  const columns: Column<Entry>[] = [
    {
      id: 'what',
      title: t('audit.action'),
      names: true,
      cell: (entry) => <TwoLines first={entry.action} second={entry.subject} />,
    },
    { id: 'who', title: t('audit.actor'), cell: (entry) => name(entry.actor) },
    { id: 'when', title: t('audit.when'), cell: (entry) => formatShortDayTime(new Date(entry.at), HERE, language) },
    {
      id: 'facts',
      title: t('audit.facts'),
      cell: (entry) => <span className={styles.facts}>{Object.keys(entry.facts).length > 0 && told(entry.facts)}</span>,
    },
  ];
  return (
    <div className={ui.page}>
      <PageHead title={t('audit.log')} lead={t('audit.lead')} />
      <div className={styles.filters}>
        <Segmented<AuditPart>
          label={t('audit.part')}
          value={part}
          onChoose={setPart}
          options={AUDIT_PARTS.map((value) => ({ value, label: t(`audit.part-${value}`) }))}
        />
        <Field
          label={t('audit.action')}
          hint={t('audit.action-hint')}
          value={action}
          onChange={(event) => setAction(event.target.value)}
        />
        <Field label={t('audit.subject')} value={subject} onChange={(event) => setSubject(event.target.value)} />
      </div>
      <DataTable
        caption={t('audit.log')}
        columns={columns}
        rows={entries}
        rowId={(entry) => `${part} ${entry.id}`}
        error={error}
        onRetry={() => void refetch()}
        empty={{ title: t('audit.empty') }}
        {...(hasNextPage && { more: { busy: isFetchingNextPage, onMore: () => void fetchNextPage() } })}
      />
    </div>
  );
}

/** "keptFee 0 · lines 1, 2": facts as people read them. */
function told(facts: Record<string, unknown>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(' · ');
}

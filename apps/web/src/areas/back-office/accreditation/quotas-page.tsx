import { useQuery } from '@tanstack/react-query';
import type { QuotaList } from '#libs/contracts';
import { categoriesQuery } from '../../../api/accreditations-applicant.api';
import { quotasQuery } from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { countryName } from '../../../i18n/places';
import { type Column, DataTable, TwoLines } from '../../../ui/data-table';
import { QuotaBar } from '../../../ui/drop-area';
import { PageHead } from '../../../ui/overlays';
import { Notice } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import styles from './office-accreditation.module.css';

type Quota = QuotaList['quotas'][number];
const AT_A_GLANCE = 3;
const keyOf = (quota: Pick<Quota, 'of' | 'category' | 'subject'>) => `${quota.of}/${quota.category}/${quota.subject}`;
const fullness = (quota: Quota) => (quota.capacity > 0 ? quota.used / quota.capacity : 1);

function useNames(edition: string) {
  const { language } = useWords();
  const { data } = useQuery(categoriesQuery(edition));
  const category = (id: string) => data?.categories.find((one) => one.id === id)?.name[language] ?? id;
  const subject = ({ of, subject: name }: Pick<Quota, 'of' | 'subject'>) =>
    name && of === 'country' ? countryName(name, language) : name;
  return { category, subject };
}

/** The fullest quotas at the foot of the queue. */
export function QuotaFoot({ edition }: { edition: string }) {
  const { t } = useWords();
  const { data } = useQuery(quotasQuery(edition));
  const names = useNames(edition);
  const shown = data?.quotas.toSorted((a, b) => fullness(b) - fullness(a)).slice(0, AT_A_GLANCE);
  if (!shown || shown.length === 0) return null;
  return (
    <section className={styles.quotas} aria-label={t('acc.page-quotas')}>
      <strong>{t('acc.page-quotas')}</strong>
      {shown.map((quota) => (
        <QuotaBar
          key={keyOf(quota)}
          label={names.subject(quota) ?? names.category(quota.category)}
          used={quota.used}
          of={quota.capacity}
        />
      ))}
    </section>
  );
}

/** Every counter that was used, who waits for it, and where a number was lowered below its use. */
export function QuotasPage() {
  const { t } = useWords();
  useTitle(t('acc.page-quotas'));
  const { id: edition } = useEdition();
  const { data, error, refetch } = useQuery(quotasQuery(edition));
  const names = useNames(edition);
  const columns: Column<Quota>[] = [
    {
      id: 'whose',
      title: t('quotas.whose'),
      names: true,
      cell: (quota) => (
        <TwoLines
          first={names.subject(quota) ?? names.category(quota.category)}
          second={`${t(`quotas.of-${quota.of}`)} · ${names.category(quota.category)}`}
        />
      ),
    },
    {
      id: 'used',
      title: t('quotas.used'),
      cell: (quota) => <QuotaBar label="" used={quota.used} of={quota.capacity} />,
    },
    { id: 'waiting', title: t('quotas.waiting'), figures: true, cell: (quota) => quota.waiting },
  ];
  return (
    <div className={styles.page}>
      <PageHead title={t('acc.page-quotas')} lead={t('quotas.lead')} />
      {data?.over.map((over) => (
        <Notice key={keyOf(over)} tone="warning">
          {t('quotas.over', {
            name: names.subject(over) ?? names.category(over.category),
            used: over.used,
            of: over.capacity,
          })}
        </Notice>
      ))}
      <DataTable
        caption={t('acc.page-quotas')}
        columns={columns}
        rows={data?.quotas.toSorted((a, b) => fullness(b) - fullness(a))}
        error={error}
        onRetry={() => void refetch()}
        rowId={keyOf}
        empty={{ title: t('quotas.none') }}
      />
    </div>
  );
}

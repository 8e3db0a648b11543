import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import type { PrintBatch, PrintFormat } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { categoriesQuery } from '../../../api/accreditations-applicant.api';
import { batchesQuery, batchPdf, batchPrinted, orderPrints } from '../../../api/accreditations-office.api';
import { useWords } from '../../../i18n';
import { type Column, DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { Progress } from '../../../ui/drop-area';
import { CheckBox, Select } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { PageHead } from '../../../ui/overlays';
import { Button, StateWord } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import styles from './office-accreditation.module.css';

const ZONE = 'Asia/Almaty';
export const FORMATS: { id: PrintFormat; name: string }[] = [
  { id: 'cr80', name: 'CR80, 85,6 × 54' },
  { id: 'a6', name: 'A6' },
  { id: '4x6', name: '4 × 6″' },
];

/** Batches of badges: ordered, drawn in the background, downloaded, and marked as printed. */
export function PrintsPage() {
  const { t, language } = useWords();
  useTitle(t('acc.page-prints'));
  const id = useId();
  const { id: edition } = useEdition();
  const client = useQueryClient();
  const { data: categories } = useQuery(categoriesQuery(edition));
  const batches = useQuery(batchesQuery(edition));
  const refresh = () => client.invalidateQueries({ queryKey: batchesQuery(edition).queryKey });
  const order = useMutation({ mutationFn: orderPrints, onSettled: refresh });
  const printed = useMutation({ mutationFn: batchPrinted, onSettled: refresh });
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const category = String(data.get('category'));
    order.mutate({
      editionId: edition,
      format: data.get('format') as PrintFormat,
      back: data.get('back') !== null,
      ...(category && { category }),
    });
  }
  const columns: Column<PrintBatch>[] = [
    {
      id: 'when',
      title: t('prints.batch'),
      names: true,
      cell: (batch) => (
        <TwoLines
          first={formatShortDayTime(new Date(batch.orderedAt), ZONE, language)}
          second={FORMATS.find((format) => format.id === batch.format)?.name}
        />
      ),
    },
    {
      id: 'state',
      title: t('decide.state'),
      cell: (batch) =>
        batch.state === 'drawing' || batch.state === 'waiting' ? (
          <Progress
            label={t('prints.drawing')}
            value={batch.total > 0 ? batch.done / batch.total : 0}
            words={`${batch.done} / ${batch.total}`}
          />
        ) : (
          <StateWord tone={batch.state === 'failed' ? 'error' : batch.state === 'printed' ? 'ok' : 'info'}>
            {t(`prints.state-${batch.state}`)}
          </StateWord>
        ),
    },
    { id: 'total', title: t('prints.badges'), figures: true, cell: (batch) => batch.total - batch.skipped },
    {
      id: 'deeds',
      title: t('papers.files'),
      cell: (batch) => (
        <span className={styles.verbs}>
          {(batch.state === 'ready' || batch.state === 'printed') && (
            <a href={batchPdf(batch.id)} download>
              <Icon name="download" /> PDF
            </a>
          )}
          {batch.state === 'ready' && (
            <Button kind="quiet" busy={printed.isPending} onClick={() => printed.mutate(batch.id)}>
              {t('prints.mark-printed')}
            </Button>
          )}
        </span>
      ),
    },
  ];
  return (
    <div className={styles.page}>
      <PageHead title={t('acc.page-prints')} lead={t('prints.lead')} />
      <form className={styles.card} onSubmit={submit} aria-labelledby={id}>
        <h2 id={id}>{t('prints.new')}</h2>
        <div className={styles.fields}>
          <Select label={t('prints.format')} name="format">
            {FORMATS.map((format) => (
              <option key={format.id} value={format.id}>
                {format.name}
              </option>
            ))}
          </Select>
          <Select label={t('decide.category')} name="category">
            <option value="">{t('filter.all')}</option>
            {categories?.categories.map((category) => (
              <option key={category.id} value={category.id}>
                {category.name[language]}
              </option>
            ))}
          </Select>
          <CheckBox name="back" defaultChecked>
            {t('prints.back')}
          </CheckBox>
        </div>
        {(order.error ?? printed.error) && <Trouble error={(order.error ?? printed.error)!} />}
        <div>
          <Button type="submit" busy={order.isPending}>
            <Icon name="print" /> {t('prints.order')}
          </Button>
        </div>
      </form>
      <DataTable
        caption={t('acc.page-prints')}
        columns={columns}
        rows={batches.data?.batches}
        error={batches.error}
        rowId={(batch) => batch.id}
        empty={{ title: t('prints.none') }}
      />
    </div>
  );
}

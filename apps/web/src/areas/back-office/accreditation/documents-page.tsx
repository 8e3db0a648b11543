import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { DocumentSetKind, DocumentSets, SetPerson } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import {
  documentPreviewQuery,
  documentSetFile,
  documentSetsQuery,
  freezeDocumentSet,
} from '../../../api/accreditations-office.api';
import { useWords } from '../../../i18n';
import { Segmented } from '../../../ui/choices';
import { type Column, DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { Icon } from '../../../ui/icon';
import { PageHead } from '../../../ui/overlays';
import { Button, Notice, StateWord, ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import styles from './office-accreditation.module.css';

const ZONE = 'Asia/Almaty';
const KINDS: DocumentSetKind[] = ['foreign-ministry', 'visa', 'badge'];
type Frozen = DocumentSets['sets'][number];

/** Tables for the ministry, for visas and for badges: who would be in one, with warnings; frozen ones to download. */
export function DocumentsPage() {
  const { t, language, count } = useWords();
  useTitle(t('acc.page-documents'));
  const { id: edition } = useEdition();
  const client = useQueryClient();
  const [kind, setKind] = useState<DocumentSetKind>('foreign-ministry');
  const preview = useQuery(documentPreviewQuery(edition, kind));
  const sets = useQuery(documentSetsQuery(edition));
  const freeze = useMutation({
    mutationFn: () => freezeDocumentSet({ editionId: edition, kind }),
    onSettled: () => client.invalidateQueries({ queryKey: documentSetsQuery(edition).queryKey }),
  });
  const ready = preview.data?.people.filter((person) => person.missing.length === 0).length ?? 0;
  const people: Column<SetPerson>[] = [
    {
      id: 'name',
      title: t('decide.who'),
      names: true,
      cell: (person) => <TwoLines first={person.name} second={person.categoryName[language]} />,
    },
    {
      id: 'warnings',
      title: t('papers.warnings'),
      cell: (person) =>
        person.missing.length > 0 ? (
          <StateWord tone="error">{count('papers.missing', person.missing.length)}</StateWord>
        ) : person.warnings.length > 0 ? (
          <span className={ui.stack}>
            {person.warnings.map((warning) => (
              <StateWord key={`${warning.code}${warning.field}`} tone="warning">
                {warning.text[language]}
              </StateWord>
            ))}
          </span>
        ) : (
          <StateWord tone="ok">{t('papers.ready')}</StateWord>
        ),
    },
  ];
  const frozen: Column<Frozen>[] = [
    {
      id: 'when',
      title: t('papers.frozen'),
      names: true,
      cell: (set) => (
        <TwoLines
          first={t(`papers.kind-${set.kind}`)}
          second={`${formatShortDayTime(new Date(set.frozenAt), ZONE, language)} · ${set.sha256.slice(0, 12)}`}
        />
      ),
    },
    { id: 'people', title: t('papers.people'), figures: true, cell: (set) => set.people },
    { id: 'warnings', title: t('papers.warnings'), figures: true, cell: (set) => set.warnings },
    {
      id: 'files',
      title: t('papers.files'),
      cell: (set) => (
        <span className={styles.verbs}>
          <a href={documentSetFile(set.id, `format=xlsx&table=people&language=${language}`)} download>
            <Icon name="download" /> XLSX
          </a>
          <a href={documentSetFile(set.id, `format=pdf&language=${language}`)} download>
            <Icon name="download" /> PDF
          </a>
        </span>
      ),
    },
  ];
  return (
    <div className={styles.page}>
      <PageHead title={t('acc.page-documents')} lead={t('papers.lead')}>
        <Button busy={freeze.isPending} aria-disabled={ready === 0 || undefined} onClick={() => freeze.mutate()}>
          {count('papers.freeze', ready)}
        </Button>
      </PageHead>
      <Segmented<DocumentSetKind>
        label={t('papers.which')}
        value={kind}
        onChoose={setKind}
        options={KINDS.map((one) => ({ value: one, label: t(`papers.kind-${one}`) }))}
      />
      {preview.data && (
        <p className="quiet">
          {t('papers.rules', { days: preview.data.rules.visaLeadDays, months: preview.data.rules.passportMonths })}
        </p>
      )}
      {freeze.error && <Trouble error={freeze.error} />}
      {freeze.data && (
        <Notice tone="ok">{t('papers.frozen-now', { n: freeze.data.people, out: freeze.data.leftOut.length })}</Notice>
      )}
      <DataTable
        caption={t('papers.preview')}
        columns={people}
        rows={preview.data?.people}
        error={preview.error}
        rowId={(person) => person.applicationId}
        empty={{ title: t('papers.nobody') }}
      />
      <h2>{t('papers.frozen')}</h2>
      <DataTable
        caption={t('papers.frozen')}
        columns={frozen}
        rows={sets.data?.sets}
        error={sets.error}
        rowId={(set) => set.id}
        empty={{ title: t('papers.none-frozen') }}
      />
    </div>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ImportReport } from '#libs/contracts';
import { ApiProblem } from '../../../api/client';
import { importProgramme } from '../../../api/office-programme.api';
import { useWords } from '../../../i18n';
import { DataTable, Trouble } from '../../../ui/data-table';
import { DropArea } from '../../../ui/drop-area';
import { Icon } from '../../../ui/icon';
import { PageHead } from '../../../ui/overlays';
import { Button, buttonClass, Notice, ui } from '../../../ui/parts';
import { Steps } from '../../../ui/steps';
import { useTitle } from '../../../ui/use-title';
import styles from './forms.module.css';
import { editionIn, refusedRows } from './import.rules';
import { useOffice } from './use-office';
import { Ways } from './ways';

interface Chosen {
  name: string;
  text: string;
}

/** A whole programme from its files: read without loading first, then all of it or nothing. */
export default function ImportPage() {
  const { t } = useWords();
  useTitle(t('import.title'));
  const client = useQueryClient();
  const { editions, edition } = useOffice();
  const [files, setFiles] = useState<Chosen[]>([]);
  const target = editionIn(files) ?? edition?.id ?? '';
  const send = (dryRun: boolean, chosen: Chosen[]) =>
    importProgramme(editionIn(chosen) ?? edition?.id ?? '', { files: chosen }, dryRun);
  const load = useMutation({
    mutationFn: () => send(false, files),
    onSuccess: () => client.invalidateQueries(),
  });
  const read = useMutation({
    mutationFn: (chosen: Chosen[]) => send(true, chosen),
    onMutate: () => load.reset(),
  });
  const choose = async (added: File[]) => {
    const texts = await Promise.all(added.map(async (file) => ({ name: file.name, text: await file.text() })));
    const next = [...files.filter(({ name }) => !texts.some((one) => one.name === name)), ...texts];
    setFiles(next);
    read.mutate(next);
  };
  const drop = (name: string) => {
    const next = files.filter((file) => file.name !== name);
    setFiles(next);
    if (next.length > 0) read.mutate(next);
    else read.reset();
  };
  const error = load.error ?? read.error;
  const rows = error instanceof ApiProblem ? refusedRows(error.problem) : [];
  const at = load.data ? 3 : read.data ? 2 : files.length > 0 ? 1 : 0;
  return (
    <div className={ui.page}>
      <PageHead title={t('import.title')} lead={t('import.lead')} />
      <Ways editions={editions} edition={edition} />
      <div className={styles.steps}>
        <Steps
          label={t('import.steps')}
          steps={[t('import.step-choose'), t('import.step-read'), t('import.step-load')].map((label, index) => ({
            id: label,
            label,
            state: index < at ? 'done' : index === at ? (rows.length > 0 ? 'wrong' : 'current') : 'ahead',
          }))}
        />
      </div>
      <div className={styles.form}>
        <DropArea
          label={t('import.files')}
          hint={t('import.files-hint')}
          accept=".json,.csv,application/json,text/csv"
          multiple
          busy={read.isPending || load.isPending}
          onFiles={(added) => void choose(added)}
        />
        {files.length > 0 && (
          <ul className={styles.files}>
            {files.map((file) => (
              <li key={file.name}>
                <Icon name="table" />
                <strong>{file.name}</strong>
                <button
                  type="button"
                  className={styles.sign}
                  aria-label={t('import.drop', { name: file.name })}
                  onClick={() => drop(file.name)}
                >
                  <Icon name="close" />
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
      {rows.length > 0 && error instanceof ApiProblem && (
        <section className={styles.wide}>
          <Notice tone="error" title={error.problem.title}>
            {t('import.refused-what')}
          </Notice>
          <DataTable
            caption={t('import.refused')}
            rows={rows}
            rowId={(row) => row.id}
            total={Number(error.problem.facts?.count ?? rows.length)}
            empty={{ title: '' }}
            columns={[
              {
                id: 'line',
                title: t('import.line'),
                names: true,
                cell: (row) => t('import.file-line', { file: row.file, line: row.line }),
              },
              { id: 'pointer', title: t('import.place'), cell: (row) => <code>{row.pointer}</code> },
              { id: 'reason', title: t('import.reason'), cell: (row) => row.reason },
            ]}
          />
        </section>
      )}
      {error && rows.length === 0 && <Trouble error={error} />}
      {read.data && !load.data && !error && (
        <section className={styles.wide}>
          <Notice tone="ok" title={t(read.data.changed ? 'import.sound' : 'import.nothing-new')}>
            {t('import.nothing-loaded-yet', { edition: target })}
          </Notice>
          <Counts report={read.data} />
          <Button busy={load.isPending} aria-disabled={!read.data.changed} onClick={() => load.mutate()}>
            {load.isPending ? t('import.loading') : t('import.load')}
          </Button>
        </section>
      )}
      {load.data && (
        <section className={styles.wide}>
          <Notice tone="ok" title={t('import.loaded')} />
          <Counts report={load.data} />
          <Link className={buttonClass()} to={`/office/programme?edition=${load.data.editionId}`}>
            {t('import.to-timetable')}
          </Link>
        </section>
      )}
    </div>
  );
}

function Counts({ report }: { report: ImportReport }) {
  const { t } = useWords();
  return (
    <DataTable
      caption={t('import.counts')}
      rows={report.counts}
      rowId={(row) => row.kind}
      empty={{ title: t('import.nothing-new') }}
      columns={[
        { id: 'kind', title: t('import.rows'), names: true, cell: (row) => t(`import-kind.${row.kind}`) },
        { id: 'created', title: t('import.created'), figures: true, cell: (row) => row.created },
        { id: 'changed', title: t('import.changed'), figures: true, cell: (row) => row.changed },
        { id: 'unchanged', title: t('import.unchanged'), figures: true, cell: (row) => row.unchanged },
      ]}
    />
  );
}

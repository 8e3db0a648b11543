import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ImportSeatPlan } from '#libs/contracts';
import { ApiProblem } from '../../../api/client';
import { recordPlan } from '../../../api/plans.api';
import { useWords } from '../../../i18n';
import { DataTable, Trouble } from '../../../ui/data-table';
import { DropArea } from '../../../ui/drop-area';
import { RadioCards, Select } from '../../../ui/fields';
import { PageHead } from '../../../ui/overlays';
import { Button, buttonClass, Field, Notice, ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import styles from './plans.module.css';
import { useHalls } from './use-halls';

type Format = 'pretix' | 'csv' | 'general';
const FORMATS: Format[] = ['pretix', 'csv', 'general'];

/** A hall's plan from a file: read first with everything that is wrong, then taken whole. */
export default function PlanImportPage() {
  const { t, language, count } = useWords();
  useTitle(t('plans.import'));
  const navigate = useNavigate();
  const client = useQueryClient();
  const { programme, error: noHalls } = useHalls();
  const [format, setFormat] = useState<Format>('pretix');
  const [hallId, setHallId] = useState('');
  const [typedPlan, setPlan] = useState<string | null>(null);
  const [file, setFile] = useState<{ name: string; text: string } | null>(null);
  const [capacity, setCapacity] = useState('');
  const [category, setCategory] = useState('A');
  const planId = typedPlan ?? programme?.plans.find((plan) => plan.hallId === hallId)?.planId ?? hallId;
  const body = (text = file?.text ?? ''): ImportSeatPlan => {
    const name = programme?.plans.find((plan) => plan.planId === planId)?.name ?? planId;
    if (format === 'pretix') return { planId, format, text };
    if (format === 'csv') return { planId, format, name, text };
    return { planId, format, name, capacity: Number(capacity), category: category.trim() };
  };
  const read = useMutation({ mutationFn: (text?: string) => recordPlan(hallId, body(text), true) });
  const take = useMutation({
    mutationFn: () => recordPlan(hallId, body(), false),
    onSuccess: async (report) => {
      for (const key of ['plan-versions', 'office-programme']) await client.invalidateQueries({ queryKey: [key] });
      navigate(`/office/plans/${report.planId}?version=${report.version}`);
    },
  });
  const error = take.error ?? read.error;
  const wrong = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
  const choose = async ([chosen]: File[]) => {
    if (!chosen) return;
    const text = await chosen.text();
    setFile({ name: chosen.name, text });
    read.mutate(text);
  };
  const ready =
    hallId !== '' && (format === 'general' ? Number(capacity) > 0 && category.trim() !== '' : file !== null);
  return (
    <div className={ui.page}>
      <PageHead title={t('plans.import')} lead={t('plan-import.lead')} />
      {noHalls && <Trouble error={noHalls} />}
      <div className={styles.form}>
        <Select
          label={t('plans.hall')}
          value={hallId}
          onChange={({ target }) => {
            setHallId(target.value);
            setPlan(null);
            read.reset();
          }}
        >
          <option value="">{t('plan-import.choose-hall')}</option>
          {programme?.venues.map((venue) => (
            <optgroup key={venue.id} label={venue.name[language]}>
              {venue.halls.map((hall) => (
                <option key={hall.id} value={hall.id}>
                  {venue.name[language]}, {hall.name[language]}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        <Field
          label={t('plan-import.plan')}
          hint={t('plan-import.plan-hint')}
          value={planId}
          onChange={({ target }) => setPlan(target.value.trim())}
        />
        <RadioCards
          legend={t('plan-import.format')}
          value={format}
          onChoose={(value) => {
            setFormat(value);
            setFile(null);
            read.reset();
          }}
          options={FORMATS.map((value) => ({
            value,
            label: t(`plan-format.${value}`),
            hint: t(`plan-format-hint.${value}`),
          }))}
        />
        {format === 'general' ? (
          <div className={styles.pair}>
            <Field
              label={t('plan-import.capacity')}
              type="number"
              min={1}
              max={6000}
              value={capacity}
              onChange={({ target }) => setCapacity(target.value)}
            />
            <Field
              label={t('painter.category')}
              maxLength={20}
              value={category}
              onChange={({ target }) => setCategory(target.value)}
            />
          </div>
        ) : (
          hallId !== '' && (
            <DropArea
              label={t('plan-import.file')}
              hint={file?.name}
              accept={format === 'csv' ? '.csv,.tsv,text/csv' : '.json,application/json'}
              busy={read.isPending}
              onFiles={(files) => void choose(files)}
            />
          )
        )}
      </div>
      {error && <Trouble error={error} />}
      {wrong.length > 0 && (
        <DataTable
          caption={t('plan-import.wrong')}
          rows={wrong.map((one, index) => ({ ...one, id: `${index}` }))}
          rowId={(row) => row.id}
          empty={{ title: '' }}
          columns={[
            { id: 'field', title: t('plan-import.where'), names: true, cell: (row) => <code>{row.field || '—'}</code> },
            { id: 'reason', title: t('plan-import.what'), cell: (row) => row.reason },
          ]}
        />
      )}
      {read.data && !error && (
        <Notice
          tone="ok"
          title={t(`plan-outcome.${read.data.outcome}`, {
            version: read.data.version,
            seats: count('seats.some', read.data.seats),
          })}
        />
      )}
      <div className={styles.buttons}>
        <Button busy={take.isPending} aria-disabled={!ready || read.error !== null} onClick={() => take.mutate()}>
          {t('plan-import.take')}
        </Button>
        <Link className={buttonClass('outline')} to="/office/plans">
          {t('ui.leave-it')}
        </Link>
      </div>
    </div>
  );
}

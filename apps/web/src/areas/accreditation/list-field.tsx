import { useId, useState } from 'react';
import { useWords } from '../../i18n';
import { Button, ui } from '../../ui/parts';
import styles from './accreditation.module.css';

type Row = Record<string, string>;

const COLUMNS = { equipment: ['item', 'serial', 'value'], crew: ['name', 'job'] } as const;

function rowsOf(json: string | undefined): Row[] {
  try {
    const list: unknown = JSON.parse(json ?? '');
    if (Array.isArray(list) && list.length > 0)
      return list.map((row: Row) =>
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, String(value)])),
      );
  } catch {
    // Nothing was written yet, or something that is no list: it begins with one empty row.
  }
  return [{}];
}

function jsonOf(kind: keyof typeof COLUMNS, rows: Row[]): string {
  const filled = rows.filter((row) => COLUMNS[kind].some((column) => row[column]?.trim()));
  if (filled.length === 0) return '';
  return JSON.stringify(
    filled.map((row) =>
      Object.fromEntries(
        COLUMNS[kind].map((column) => {
          const text = (row[column] ?? '').trim();
          return [column, column === 'value' && text !== '' && !Number.isNaN(Number(text)) ? Number(text) : text];
        }),
      ),
    ),
  );
}

/** Rows of equipment or crew; the form sends them as the JSON that the answer is. */
export function ListField({
  kind,
  name,
  label,
  hint,
  error,
  value,
}: {
  kind: keyof typeof COLUMNS;
  name: string;
  label: string;
  hint?: string;
  error?: string;
  value: string | undefined;
}) {
  const { t } = useWords();
  const id = useId();
  const [rows, setRows] = useState(() => rowsOf(value));
  const words: Record<string, string> = {
    item: t('accreditation.list-item'),
    serial: t('accreditation.list-serial'),
    value: t('accreditation.list-value'),
    name: t('accreditation.list-name'),
    job: t('accreditation.list-job'),
  };
  const set = (at: number, column: string, text: string) =>
    setRows(rows.map((row, index) => (index === at ? { ...row, [column]: text } : row)));
  return (
    <fieldset className={styles.list} aria-describedby={error ? `${id}e` : undefined}>
      <legend className={ui.label}>{label}</legend>
      {hint && <p className="small quiet">{hint}</p>}
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
        <div key={at} className={styles.fields}>
          {COLUMNS[kind].map((column) => (
            <label key={column} className={ui.field}>
              <span className="small">{words[column]}</span>
              <input
                className={ui.input}
                inputMode={column === 'value' ? 'decimal' : undefined}
                value={row[column] ?? ''}
                onChange={(event) => set(at, column, event.target.value)}
              />
            </label>
          ))}
          {rows.length > 1 && (
            <Button kind="quiet" onClick={() => setRows(rows.filter((_, index) => index !== at))}>
              {t('accreditation.remove-row')}
            </Button>
          )}
        </div>
      ))}
      <div>
        <Button kind="quiet" onClick={() => setRows([...rows, {}])}>
          {t('accreditation.add-row')}
        </Button>
      </div>
      {error && (
        <span className={ui.fieldError} id={`${id}e`}>
          {error}
        </span>
      )}
      <input type="hidden" name={name} value={jsonOf(kind, rows)} />
    </fieldset>
  );
}

import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n';
import { Icon } from '../icon';
import { ui } from '../parts';
import styles from './charts.module.css';

export interface Facts {
  head: string[];
  rows: (string | number)[][];
}

/** The same facts for a spreadsheet: fields that need it are quoted, and none can begin a formula. */
export function csvOf({ head, rows }: Facts): string {
  const field = (value: string | number) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `\uFEFF${[head, ...rows].map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;
}

/** Saves text as a file, made in the browser. */
export function saveText(name: string, text: string, type = 'text/csv'): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** A plot with its title, the same facts as a table, and a download. */
export function Plot({
  title,
  lead,
  facts,
  file,
  children,
}: {
  title: string;
  lead?: ReactNode;
  facts: Facts;
  /** Name of the downloaded file, without its end. */
  file: string;
  children: ReactNode;
}) {
  const { t } = useWords();
  const [table, setTable] = useState(false);
  return (
    <figure className={styles.plot} aria-label={title}>
      <figcaption className={styles.caption}>
        <h2>{title}</h2>
        {lead && <span className="quiet">{lead}</span>}
        <span className={styles.ways}>
          <button type="button" className={ui.quietButton} aria-pressed={table} onClick={() => setTable(!table)}>
            {table ? t('ui.as-chart') : t('ui.as-table')}
          </button>
          <button
            type="button"
            className={ui.quietButton}
            aria-label={`${t('ui.download-csv')}: ${title}`}
            onClick={() => saveText(`${file}.csv`, csvOf(facts))}
          >
            <Icon name="download" />
          </button>
        </span>
      </figcaption>
      {table ? <FactsTable title={title} facts={facts} /> : children}
    </figure>
  );
}

function FactsTable({ title, facts }: { title: string; facts: Facts }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.facts}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {facts.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.rows.map((row) => (
            <tr key={row.join(' ')}>
              {row.map((value, index) =>
                index === 0 ? (
                  <th key={facts.head[index]} scope="row">
                    {value}
                  </th>
                ) : (
                  <td key={facts.head[index]}>{value}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { type ReactNode, useId } from 'react';
import { ApiProblem } from '../api/client';
import { useWords } from '../i18n';
import styles from './data-table.module.css';
import { Button, Empty, Notice, Waiting } from './parts';

export interface Column<Row> {
  id: string;
  title: ReactNode;
  cell(row: Row): ReactNode;
  /** Figures stand at the end of their cell. */
  figures?: boolean;
  /** The cell that names the row; it becomes the row's header. */
  names?: boolean;
}

export interface Selection {
  chosen: ReadonlySet<string>;
  onToggle(id: string): void;
  /** Everything that is shown, or nothing. */
  onAll(on: boolean): void;
}

interface DataTableProps<Row> {
  caption: string;
  columns: Column<Row>[];
  /** Nothing yet while it loads. */
  rows: Row[] | undefined;
  rowId(row: Row): string;
  error?: Error | null;
  onRetry?(): void;
  empty: { title: ReactNode; children?: ReactNode };
  /** How a row is called where its checkbox or its button is named. */
  rowName?(row: Row): string;
  open?: { id: string | null; onOpen(id: string): void };
  selection?: Selection;
  /** There is more than is shown. */
  more?: { busy: boolean; onMore(): void };
  /** How many there are in all, where only some are shown. */
  total?: number;
}

/** What the server said no with, in the person's language, or that nothing answered; and a way to try again. */
export function Trouble({ error, onRetry }: { error: Error; onRetry?(): void }) {
  const { t } = useWords();
  return (
    <Notice tone="error" title={error instanceof ApiProblem ? error.problem.title : t('app.no-answer')}>
      {error instanceof ApiProblem && error.problem.detail && <p>{error.problem.detail}</p>}
      {onRetry && (
        <Button kind="quiet" onClick={onRetry}>
          {t('app.again')}
        </Button>
      )}
    </Notice>
  );
}

/** A real table; on phones each row becomes a card with the same order. It knows loading, empty, trouble and too many. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { t } = useWords();
  const { rows, error, onRetry, empty, caption, more, total } = props;
  if (error && !rows) return <Trouble error={error} onRetry={onRetry} />;
  if (!rows) return <Waiting label={t('app.loading')} rows={5} />;
  if (rows.length === 0) return <Empty title={empty.title}>{empty.children}</Empty>;
  return (
    <div className={styles.frame}>
      {error && <Trouble error={error} onRetry={onRetry} />}
      <table className={styles.table}>
        <caption className="visually-hidden">{caption}</caption>
        <Head {...props} rows={rows} />
        <tbody>
          {rows.map((row) => (
            <Line key={props.rowId(row)} row={row} {...props} />
          ))}
        </tbody>
      </table>
      {(more || (total !== undefined && total > rows.length)) && (
        <div className={styles.more}>
          <span className="quiet">{t('ui.shown-of', { shown: rows.length, total: total ?? `${rows.length}+` })}</span>
          {more && (
            <Button kind="outline" busy={more.busy} onClick={more.onMore}>
              {more.busy ? t('app.loading') : t('ui.more')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Head<Row>({ columns, rows, rowId, selection }: DataTableProps<Row> & { rows: Row[] }) {
  const { t } = useWords();
  const all = selection !== undefined && rows.every((row) => selection.chosen.has(rowId(row)));
  return (
    <thead>
      <tr>
        {selection && (
          <th className={styles.tick} scope="col">
            <label>
              <input type="checkbox" checked={all} onChange={() => selection.onAll(!all)} />
              <span className="visually-hidden">{t('ui.choose-all')}</span>
            </label>
          </th>
        )}
        {columns.map((column) => (
          <th key={column.id} scope="col" data-figures={column.figures || undefined}>
            {column.title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Line<Row>({ row, columns, rowId, rowName, open, selection }: DataTableProps<Row> & { row: Row }) {
  const { t } = useWords();
  const labels = useId();
  const id = rowId(row);
  const name = rowName?.(row) ?? id;
  return (
    <tr
      className={styles.row}
      aria-current={open?.id === id ? 'true' : undefined}
      data-opens={open ? true : undefined}
      onClick={(event) => {
        const own = (event.target as Element).closest('a, button, input, label, select');
        if (open && !own && !window.getSelection()?.toString()) open.onOpen(id);
      }}
    >
      {selection && (
        <td className={styles.tick}>
          <label>
            <input type="checkbox" checked={selection.chosen.has(id)} onChange={() => selection.onToggle(id)} />
            <span className="visually-hidden">{t('ui.choose', { name })}</span>
          </label>
        </td>
      )}
      {columns.map((column) =>
        column.names ? (
          <th key={column.id} scope="row">
            {open ? (
              <button type="button" className={styles.name} id={`${labels}${id}`} onClick={() => open.onOpen(id)}>
                {column.cell(row)}
              </button>
            ) : (
              column.cell(row)
            )}
          </th>
        ) : (
          <td key={column.id} data-figures={column.figures || undefined}>
            <span className={styles.small} aria-hidden="true">
              {column.title}
            </span>
            <div>{column.cell(row)}</div>
          </td>
        ),
      )}
    </tr>
  );
}

/** A name with its second line, as the first cell of most rows. */
export function TwoLines({ first, second }: { first: ReactNode; second?: ReactNode }) {
  return (
    <span className={styles.two}>
      <span>{first}</span>
      {second && <small>{second}</small>}
    </span>
  );
}

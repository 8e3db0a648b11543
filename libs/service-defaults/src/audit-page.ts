const PAGE = 50;

/** How a service's append-only table names its columns; `at`, `action` and `facts` are called so everywhere. */
interface AuditColumns {
  table: string;
  id: string;
  actor: string;
  subject: string;
}

/** What narrows a page; `before` is the id of the last entry that was seen. */
interface AuditAsked {
  action?: string;
  actor?: string;
  subject?: string;
  before?: string;
}

interface AuditRow {
  id: string;
  at: Date;
  actor: string;
  action: string;
  subject: string;
  facts: Record<string, unknown>;
}

/** A page of a service's audit log, the newest first. Names of tables and columns are the service's own, never a caller's. */
export async function auditPage(
  ask: (sql: string, values: unknown[]) => Promise<AuditRow[]>,
  { table, id, actor, subject }: AuditColumns,
  filter: AuditAsked,
): Promise<{ entries: (Omit<AuditRow, 'at'> & { at: string })[]; next: string | null }> {
  const rows = await ask(
    `SELECT ${id}::text AS id, at, ${actor} AS actor, action, ${subject} AS subject, facts FROM ${table}
      WHERE ($1::bigint IS NULL OR ${id} < $1) AND ($2::text IS NULL OR action LIKE $2 || '%')
        AND ($3::text IS NULL OR ${actor} = $3) AND ($4::text IS NULL OR ${subject} = $4)
      ORDER BY ${id} DESC LIMIT ${PAGE + 1}`,
    [filter.before ?? null, filter.action ?? null, filter.actor ?? null, filter.subject ?? null],
  );
  const entries = rows.slice(0, PAGE).map((row) => ({ ...row, at: row.at.toISOString() }));
  return { entries, next: rows.length > PAGE ? (entries.at(-1)?.id ?? null) : null };
}

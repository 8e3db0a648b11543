/** What was written since a transaction began, so that a refusal undoes the whole of it, or back to a savepoint. */
export class Journal {
  private undo: (() => void)[] = [];
  /** Grows with every write that is kept or taken back; equal numbers mean an unchanged state. */
  writes = 0;

  note(back: () => void): void {
    this.undo.push(back);
    this.writes++;
  }

  mark(): number {
    return this.undo.length;
  }

  rollback(to: number): void {
    while (this.undo.length > to) this.undo.pop()?.();
  }

  commit(): void {
    this.undo = [];
  }
}

/** Rows by key; a row is replaced and never changed, so that whoever read it keeps what he saw. */
export class Table<Row extends object> {
  private readonly rows = new Map<string, Readonly<Row>>();

  constructor(private readonly journal: Journal) {}

  get(key: string): Readonly<Row> | undefined {
    return this.rows.get(key);
  }

  has(key: string): boolean {
    return this.rows.has(key);
  }

  put(key: string, row: Row): Readonly<Row> {
    const before = this.rows.get(key);
    this.journal.note(() => {
      if (before) this.rows.set(key, before);
      else this.rows.delete(key);
    });
    this.rows.set(key, row);
    return row;
  }

  /** @throws when there is no such row */
  change(key: string, changes: Partial<Row>): Readonly<Row> {
    const before = this.rows.get(key);
    if (!before) throw new Error(`no row ${key}`);
    return this.put(key, { ...before, ...changes });
  }

  delete(key: string): void {
    const before = this.rows.get(key);
    if (!before) return;
    this.journal.note(() => this.rows.set(key, before));
    this.rows.delete(key);
  }

  all(): Readonly<Row>[] {
    return [...this.rows.values()];
  }

  where(wanted: (row: Readonly<Row>) => boolean): Readonly<Row>[] {
    return this.all().filter(wanted);
  }
}

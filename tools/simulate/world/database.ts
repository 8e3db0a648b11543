import type { Database } from '#libs/persistence';
import type { Twin } from '../twin/twin.js';
import type { Reach } from '../twin/twin-inventory.js';
import type { Process } from './scheduler.js';
import { standIn } from './stand-in.js';
import { QUERIES, STATEMENTS } from './statements.js';

/** The database of one process past the inventory port: its named statements on the twin. */
export function databaseOf(twin: Twin, process: Process, reach: Reach): Database {
  const run = async (name: string, work: () => object[]) => reach(name, '', () => twin.atomic(work));
  const double = {
    hot: (name: string, _text: string, values: unknown[]) => {
      const statement = STATEMENTS[name];
      if (!statement) throw new Error(`the twin knows no statement ${name}`);
      return run(`${name} ${String(values[0] ?? '')}`, () => statement(twin, values));
    },
    query: (sql: string, values: unknown[] = []) => {
      const known = QUERIES.find(([begins]) => sql.trimStart().startsWith(begins));
      if (!known) throw new Error(`the twin knows no statement ${sql.slice(0, 60)}`);
      return run(known[0].slice(0, 30), () => known[1](twin, values));
    },
    transaction: <T>(work: (tx: never) => Promise<T>) => rebuildTransaction(twin, process, reach, work),
  };
  return standIn<Database, 'hot' | 'query' | 'transaction'>(double as Pick<Database, 'hot' | 'query' | 'transaction'>);
}

/** The one transaction of the protocol that lasts: a rebuild's, which locks its screening exclusively until its end. */
async function rebuildTransaction<T>(
  twin: Twin,
  process: Process,
  reach: Reach,
  work: (tx: never) => Promise<T>,
): Promise<T> {
  let locked: string | undefined;
  let raised: number | undefined;
  const unlock = () => {
    if (locked !== undefined) twin.exclusive.delete(locked);
    locked = undefined;
  };
  const forget = process.atEnd(unlock);
  const steps: [begins: string, run: (screening: string) => object[]][] = [
    [
      'SELECT pg_try_advisory_xact_lock',
      (screening) => {
        if (twin.exclusive.has(screening)) return [{ locked: false }];
        twin.exclusive.add(screening);
        locked = screening;
        return [{ locked: true }];
      },
    ],
    [
      'WITH raised AS (UPDATE inventory',
      (screening) => {
        raised = (twin.boards.get(screening)?.epoch ?? 0) + 1;
        return [{ epoch: String(raised) }];
      },
    ],
    [
      'SELECT seat_id AS seat, claim_no AS no',
      (screening) => twin.claims.where((row) => row.screening === screening).map(({ seat, no }) => ({ seat, no })),
    ],
    ['SELECT h.hold_id AS id', (screening) => holdsOf(twin, screening)],
  ];
  const tx = {
    query: (sql: string, [screening]: unknown[]) => {
      const known = steps.find(([begins]) => sql.startsWith(begins));
      if (!known) throw new Error(`the twin knows no statement ${sql.slice(0, 60)}`);
      return reach(known[0], String(screening), () => known[1](String(screening)));
    },
  };
  try {
    const answer = await work(tx as never);
    await reach('commit', '', () => {
      if (locked !== undefined && raised !== undefined) {
        const [screening, epoch] = [locked, raised];
        twin.atomic(() => twin.boards.change(screening, { epoch }));
      }
      unlock();
    });
    return answer;
  } finally {
    unlock();
    forget();
  }
}

function holdsOf(twin: Twin, screening: string): object[] {
  const living = twin.holds.where(
    (row) => row.screening === screening && row.until > twin.now() && !twin.claims.has(`${screening} ${row.seat}`),
  );
  return [...Map.groupBy(living, (row) => row.hold)].map(([id, held]) => ({
    id,
    until: String(Math.max(...held.map((row) => row.until))),
    extended: held.some((row) => row.extended),
    buyer: held[0]?.buyer,
    seats: held.map((row) => row.seat).sort(),
  }));
}

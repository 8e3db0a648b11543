import { type DBSchema, openDB } from 'idb';
import type { CounterLease } from '#libs/contracts';
import type { LeaseClock, LeaseEnd } from './lease-clock.rules';
import type { LeasedSale } from './leased-sale.rules';

export interface KeptLease {
  lease: CounterLease;
  clock: LeaseClock;
  /** Once a till may not sell any more, it never may again, until the service gives it new time. */
  over?: LeaseEnd;
}

interface Schema extends DBSchema {
  leases: { key: string; value: KeptLease };
  sales: { key: string; value: LeasedSale & { seq: number } };
}

export interface Book {
  leases: readonly KeptLease[];
  /** In the order in which they were made. */
  sales: readonly LeasedSale[];
}

const NAME = 'seans-counter';
/** The disk has it before anybody is told that it is sold. */
const SURE = { durability: 'strict' } as const;

const database = openDB<Schema>(NAME, 1, {
  upgrade(fresh) {
    fresh.createObjectStore('leases');
    fresh.createObjectStore('sales', { keyPath: 'key' });
  },
  blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close(),
});

let book: Book | undefined;
const listeners = new Set<() => void>();
/** Other tabs of this till sell from the same seats. */
const tabs = new BroadcastChannel(NAME);
tabs.onmessage = () => void load();

async function load(): Promise<void> {
  const db = await database;
  const [leases, sales] = await Promise.all([db.getAll('leases'), db.getAll('sales')]);
  book = { leases, sales: sales.sort((a, b) => a.seq - b.seq) };
  for (const listener of listeners) listener();
}

async function changed(): Promise<void> {
  await load();
  tabs.postMessage('changed');
}

/** What this till has leased and sold without a line. */
export const leaseBook = {
  /** Undefined until it has been read from the device. */
  read: (): Book | undefined => book,

  listen(listener: () => void): () => void {
    listeners.add(listener);
    if (!book) void load();
    return () => listeners.delete(listener);
  },

  async keepLease(kept: KeptLease): Promise<void> {
    const done = (await database).transaction('leases', 'readwrite', SURE);
    await done.store.put(kept, kept.lease.id);
    await done.done;
    await changed();
  },

  /** A lease that is over and owes nothing; its sales are known to the service. */
  async forgetLease(id: string): Promise<void> {
    const done = (await database).transaction(['leases', 'sales'], 'readwrite', SURE);
    await done.objectStore('leases').delete(id);
    for (const sale of await done.objectStore('sales').getAll())
      if (sale.leaseId === id) await done.objectStore('sales').delete(sale.key);
    await done.done;
    await changed();
  },

  /**
   * A sale is made when this has come back, and not before. Its seats are looked at once more in the same transaction:
   * another tab may have sold them meanwhile.
   * @returns false where one of them is sold
   */
  async sell(sale: LeasedSale): Promise<boolean> {
    const done = (await database).transaction('sales', 'readwrite', SURE);
    const before = await done.store.getAll();
    const wanted = new Set(sale.seats.map(({ line }) => line));
    const free = !before.some(
      (other) =>
        other.leaseId === sale.leaseId && other.key !== sale.key && other.seats.some(({ line }) => wanted.has(line)),
    );
    if (free) await done.store.put({ ...sale, seq: before.reduce((most, { seq }) => Math.max(most, seq), 0) + 1 });
    await done.done;
    await changed();
    return free;
  },

  /** What the service said of a sale. */
  async told(key: string, answer: Pick<LeasedSale, 'state' | 'number' | 'reason'>): Promise<void> {
    const done = (await database).transaction('sales', 'readwrite', SURE);
    const sale = await done.store.get(key);
    if (sale) await done.store.put({ ...sale, ...answer });
    await done.done;
    await changed();
  },
};

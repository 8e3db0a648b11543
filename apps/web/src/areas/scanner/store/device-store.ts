import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Drawer, Kept, Log, Room } from '../engine/ports';
import { type DeviceKeys, makeKeys, opened, type Sealed, sealedUp } from './device-keys';

interface Schema extends DBSchema {
  keys: { key: string; value: DeviceKeys };
  drawer: { key: string; value: Sealed };
  log: { key: number; value: { seq?: number; sent: boolean; sealed: Sealed } };
}

const NAME = 'seans-scanner';

/** IndexedDB of this device. Everything but the keys is sealed; the keys can't leave the browser. */
export class DeviceStore {
  private constructor(
    private readonly database: IDBPDatabase<Schema>,
    private kept: DeviceKeys,
  ) {}

  static async open(): Promise<DeviceStore> {
    const database = await openDB<Schema>(NAME, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('keys');
        fresh.createObjectStore('drawer');
        fresh.createObjectStore('log', { keyPath: 'seq', autoIncrement: true });
      },
      // Another tab with a newer scanner must not wait for this one.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase | null)?.close(),
    });
    const known = await database.get('keys', 'device');
    const keys = known ?? (await makeKeys());
    if (!known) await database.put('keys', keys, 'device');
    return new DeviceStore(database, keys);
  }

  get keys(): DeviceKeys {
    return this.kept;
  }

  readonly drawer: Drawer = {
    read: async <T>(name: string) => {
      const sealed = await this.database.get('drawer', name);
      return sealed && opened<T>(this.kept.seal, sealed);
    },
    write: async (name, value) => {
      await this.database.put('drawer', await sealedUp(this.kept.seal, value), name);
    },
    remove: (name) => this.database.delete('drawer', name),
  };

  log<T>(): Log<T> {
    return {
      all: async () => {
        const rows = await this.database.getAll('log');
        const all = await Promise.all(
          rows.map(async ({ seq, sent, sealed }) => ({ seq: seq!, sent, value: await opened<T>(this.kept.seal, sealed) })),
        );
        return all.filter((one): one is Kept<T> => one.value !== undefined);
      },
      append: async (value) => this.put({ sent: false, sealed: await sealedUp(this.kept.seal, value) }),
      change: async (seq, value) => {
        await this.put({ seq, sent: false, sealed: await sealedUp(this.kept.seal, value) });
      },
      markSent: (seqs) => this.each(seqs, (row) => ({ ...row, sent: true })),
      drop: (seqs) => this.each(seqs, () => undefined),
    };
  }

  /** Lists, choices and what is known of people's PINs go; keys and the log stay for the last upload. */
  async emptyDrawer(): Promise<void> {
    await this.database.clear('drawer');
  }

  /** Nothing of the device is left; new keys stand ready for another pairing. */
  async wipe(): Promise<void> {
    const keys = await makeKeys();
    const work = this.database.transaction(['keys', 'drawer', 'log'], 'readwrite', { durability: 'strict' });
    await Promise.all([
      work.objectStore('log').clear(),
      work.objectStore('drawer').clear(),
      work.objectStore('keys').put(keys, 'device'),
      work.done,
    ]);
    this.kept = keys;
  }

  /** Strict: the entry is on the disk before anybody is told to come in. */
  private async put(row: Schema['log']['value']): Promise<number> {
    const work = this.database.transaction('log', 'readwrite', { durability: 'strict' });
    const [seq] = await Promise.all([work.store.put(row), work.done]);
    return seq;
  }

  private async each(
    seqs: readonly number[],
    change: (row: Schema['log']['value']) => Schema['log']['value'] | undefined,
  ): Promise<void> {
    const work = this.database.transaction('log', 'readwrite', { durability: 'strict' });
    for (const seq of seqs) {
      const row = await work.store.get(seq);
      const next = row && change(row);
      if (next) await work.store.put(next);
      else await work.store.delete(seq);
    }
    await work.done;
  }
}

/** Asks the browser to keep what is written even when the disk grows full. */
export async function askToPersist(): Promise<boolean> {
  return (await navigator.storage?.persist?.().catch(() => false)) ?? false;
}

export async function roomLeft(): Promise<Room> {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.().catch(() => ({}) as StorageEstimate)) ?? {};
  return { usedBytes: usage, quotaBytes: quota };
}

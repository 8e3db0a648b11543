import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Drawer, Kept, Log, Room } from '../engine/ports';
import { type DeviceKeys, makeKeys, opened, type Sealed, sealedUp } from './device-keys';

interface Schema extends DBSchema {
  keys: { key: string; value: DeviceKeys };
  drawer: { key: string; value: Sealed };
  log: { key: number; value: { seq: number; sent: boolean; sealed: Sealed } };
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
        fresh.createObjectStore('log', { keyPath: 'seq' });
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
        const kept: Kept<T>[] = [];
        for (const { seq, sent, sealed } of await this.database.getAll('log')) {
          const value = await opened<T>(this.kept.seal, sealed);
          if (value !== undefined) kept.push({ seq, sent, value });
        }
        return kept;
      },
      // Handed to the system before anybody is told to come in: a killed browser loses nothing. The disk follows at once.
      write: async ({ seq, sent, value }) => {
        const row = { seq, sent, sealed: await sealedUp(this.kept.seal, value) };
        const work = this.database.transaction('log', 'readwrite', { durability: 'relaxed' });
        await Promise.all([work.store.put(row), work.done]);
        const flush = this.database.transaction('log', 'readwrite', { durability: 'strict' });
        void Promise.all([flush.store.put(row), flush.done]).catch(() => undefined);
      },
      drop: async (seqs) => {
        const work = this.database.transaction('log', 'readwrite');
        await Promise.all([...seqs.map((seq) => work.store.delete(seq)), work.done]);
      },
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
}

/** Asks the browser to keep what is written even when the disk grows full. */
export async function askToPersist(): Promise<boolean> {
  return (await navigator.storage?.persist?.().catch(() => false)) ?? false;
}

export async function roomLeft(): Promise<Room> {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.().catch(() => ({}) as StorageEstimate)) ?? {};
  return { usedBytes: usage, quotaBytes: quota };
}

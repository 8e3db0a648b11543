import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { evidenceUnknown } from './evidence.refusals.js';
import type { EvidenceStorage, SealedFile } from './evidence-storage.js';

const ENDING = '.bin';

/** Sealed papers as files of one folder, spread over 256 by the last two digits of their ids. */
export class DiskStorage implements EvidenceStorage {
  constructor(private readonly folder: string) {}

  async put(id: string, file: SealedFile): Promise<void> {
    const path = this.path(id);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(file.path, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(file.path, path);
  }

  async get(id: string): Promise<Readable> {
    const file = await open(this.path(id), 'r').catch((error: unknown) => {
      throw evidenceUnknown({}, { cause: error });
    });
    return createReadStream('', { fd: file });
  }

  async remove(id: string): Promise<void> {
    await rm(this.path(id), { force: true });
  }

  async *list(): AsyncIterable<{ id: string; at: Date }> {
    for (const shelf of await readdir(this.folder, { withFileTypes: true }).catch(() => [])) {
      if (!shelf.isDirectory() || !/^[0-9a-f]{2}$/.test(shelf.name)) continue;
      for (const name of await readdir(join(this.folder, shelf.name))) {
        if (!name.endsWith(ENDING)) continue;
        const found = await stat(join(this.folder, shelf.name, name)).catch(() => undefined);
        if (found) yield { id: name.slice(0, -ENDING.length), at: found.mtime };
      }
    }
  }

  private path(id: string): string {
    return join(this.folder, id.slice(-2), `${id}${ENDING}`);
  }
}

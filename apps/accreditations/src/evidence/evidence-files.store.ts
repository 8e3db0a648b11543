import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type';
import { partUnavailable, SETTINGS } from '#libs/service-defaults';
import type { AccreditationsSettings } from '../settings.js';
import { evidenceTooLarge } from './evidence.refusals.js';
import type { StoredFile } from './evidence.rules.js';
import { EVIDENCE_STORAGE, type EvidenceStorage } from './evidence-storage.js';

/** Enough of a file's head to tell what it is. */
const HEAD = 4_100;
/** Most bytes over the limit that are still listened to before the connection is given up. */
const DRAINED = 64 * 1024 * 1024;
const IV = 12;
const TAG = 16;

/** Tells which of these files something still belongs to; each feature that keeps files registers one. */
export type Owners = (ids: readonly string[]) => Promise<Iterable<string>>;

/**
 * Uploaded papers: each file is AES-256-GCM of its bytes, bound to its id: a nonce of 12 bytes, the cipher text and a tag
 * of 16 bytes. It is sealed while it streams in and waits in a folder of this machine until it was judged; then it goes
 * to the store, which never sees a plain byte.
 */
@Injectable()
export class EvidenceFiles {
  private readonly key: Buffer;
  private readonly waiting: string;
  private readonly owners: Owners[] = [];

  constructor(
    @Inject(SETTINGS) settings: AccreditationsSettings,
    @Inject(EVIDENCE_STORAGE) private readonly storage: EvidenceStorage,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', settings.DATA_KEY, 'seans', 'accreditations/evidence', 32));
    this.waiting = join(settings.UPLOADS_DIR, 'waiting');
  }

  /** Whose files must not be swept away. */
  ownedBy(owners: Owners): void {
    this.owners.push(owners);
  }

  /**
   * Takes a file in; it waits to be kept.
   * @param limit most bytes of plain text; more ends the upload and leaves nothing behind
   * @throws evidence-too-large
   */
  async receive(id: string, source: Readable, limit: number): Promise<StoredFile> {
    const hash = createHash('sha256');
    let head = Buffer.alloc(0);
    let bytes = 0;
    const watch = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        // What is over the limit is read to its end and thrown away: a client in mid-sentence hears no answer.
        if (bytes > limit) return done(bytes > limit + DRAINED ? evidenceTooLarge({ maxBytes: limit }) : null);
        hash.update(chunk);
        if (head.length < HEAD) head = Buffer.concat([head, chunk.subarray(0, HEAD - head.length)]);
        done(null, chunk);
      },
    });
    const { iv, cipher } = this.cipher(id);
    try {
      await mkdir(this.waiting, { recursive: true, mode: 0o700 });
      const file = createWriteStream(this.path(id), { flags: 'wx', mode: 0o600 });
      file.write(iv);
      await pipeline(
        source,
        watch,
        cipher,
        async function* (parts: AsyncIterable<Buffer>) {
          yield* parts;
          yield cipher.getAuthTag();
        },
        file,
      );
      if (bytes > limit) throw evidenceTooLarge({ maxBytes: limit });
    } catch (error) {
      await this.discard(id);
      throw diskTrouble(error);
    }
    return { bytes, sha256: hash.digest('hex'), type: (await fileTypeFromBuffer(head))?.mime };
  }

  /** The plain bytes of a file that waits. */
  async received(id: string): Promise<Readable> {
    const path = this.path(id);
    const { size } = await stat(path);
    const file = await open(path, 'r');
    const iv = Buffer.alloc(IV);
    const tag = Buffer.alloc(TAG);
    try {
      await file.read(iv, 0, IV, 0);
      await file.read(tag, 0, TAG, size - TAG);
    } finally {
      await file.close();
    }
    const decipher = this.decipher(id, iv).setAuthTag(tag);
    if (size <= IV + TAG) return Readable.from([]);
    const source = createReadStream(path, { start: IV, end: size - TAG - 1 });
    source.on('error', (error) => decipher.destroy(error));
    return source.pipe(decipher);
  }

  /**
   * Puts a file into the store, with other bytes where it was written anew; it waits no longer.
   * @throws part-unavailable when the store does not answer
   */
  async keep(id: string, anew?: Buffer): Promise<void> {
    if (anew) {
      const { iv, cipher } = this.cipher(id);
      const sealed = Buffer.concat([iv, cipher.update(anew), cipher.final(), cipher.getAuthTag()]);
      try {
        await mkdir(this.waiting, { recursive: true, mode: 0o700 });
        await writeFile(this.path(id), sealed, { mode: 0o600 });
      } catch (error) {
        throw diskTrouble(error);
      }
    }
    const { size } = await stat(this.path(id));
    await this.storage.put(id, { path: this.path(id), bytes: size }).catch((error: unknown) => {
      throw diskTrouble(error);
    });
    await this.discard(id);
  }

  /**
   * The plain bytes; the stream fails where the file was tampered with.
   * @throws evidence-unknown
   */
  async read(id: string): Promise<Readable> {
    const sealed = await this.storage.get(id);
    return Readable.from(this.opened(id, sealed), { objectMode: false });
  }

  /** Removes a file, waiting or kept; removing what is not there is a success. */
  async remove(id: string): Promise<void> {
    await this.discard(id);
    await this.storage.remove(id);
  }

  /** Removes what waits. */
  async discard(id: string): Promise<void> {
    await rm(this.path(id), { force: true });
  }

  /**
   * Removes what nothing belongs to: files whose row was never written or went away, and half uploads.
   * @param before only what is older; what is younger may still be on its way
   * @returns how many went
   */
  async sweep(before: Date): Promise<number> {
    let gone = 0;
    for (const name of await readdir(this.waiting).catch(() => [])) {
      const path = join(this.waiting, name);
      const found = await stat(path).catch(() => undefined);
      if (!found || found.mtime >= before) continue;
      await rm(path, { force: true });
      gone++;
    }
    let batch: string[] = [];
    for await (const { id, at } of this.storage.list()) {
      if (at < before) batch.push(id);
      if (batch.length < 200) continue;
      gone += await this.sweepBatch(batch);
      batch = [];
    }
    return gone + (await this.sweepBatch(batch));
  }

  private async sweepBatch(ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const owned = new Set<string>();
    for (const owners of this.owners) for (const id of await owners(ids)) owned.add(id);
    const orphans = ids.filter((id) => !owned.has(id));
    for (const id of orphans) await this.storage.remove(id);
    return orphans.length;
  }

  /** The last 16 bytes are the seal: they are held back until the end is known. */
  private async *opened(id: string, sealed: Readable): AsyncGenerator<Buffer> {
    let held = Buffer.alloc(0);
    let decipher: ReturnType<EvidenceFiles['decipher']> | undefined;
    for await (const chunk of sealed as AsyncIterable<Buffer>) {
      held = Buffer.concat([held, chunk]);
      if (!decipher && held.length >= IV) {
        decipher = this.decipher(id, held.subarray(0, IV));
        held = held.subarray(IV);
      }
      if (!decipher || held.length <= TAG) continue;
      yield decipher.update(held.subarray(0, -TAG));
      held = held.subarray(-TAG);
    }
    if (!decipher || held.length !== TAG) throw new Error('a sealed file breaks off');
    yield decipher.setAuthTag(held).final();
  }

  private cipher(id: string) {
    const iv = randomBytes(IV);
    return { iv, cipher: createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(id)) };
  }

  private decipher(id: string, iv: Buffer) {
    return createDecipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(id));
  }

  private path(id: string): string {
    return join(this.waiting, `${id}.part`);
  }
}

const DISK_TROUBLES = ['ENOSPC', 'EROFS', 'EACCES', 'EDQUOT', 'EIO'];

function diskTrouble(error: unknown): unknown {
  const trouble = error instanceof Error && 'code' in error && DISK_TROUBLES.includes(`${error.code}`);
  return trouble ? partUnavailable({ part: 'uploads' }, { cause: error }) : error;
}

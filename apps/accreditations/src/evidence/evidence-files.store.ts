import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { fileTypeFromBuffer } from 'file-type';
import { partUnavailable, SETTINGS } from '#libs/service-defaults';
import type { AccreditationsSettings } from '../settings.js';
import { evidenceTooLarge } from './evidence.refusals.js';
import type { StoredFile } from './evidence.rules.js';

/** Enough of a file's head to tell what it is. */
const HEAD = 4_100;
/** Most bytes over the limit that are still listened to before the connection is given up. */
const DRAINED = 64 * 1024 * 1024;
const IV = 12;
const TAG = 16;

/**
 * The folder of uploaded papers: each file is AES-256-GCM of what was sent, bound to its id, written as it streams in.
 * A file is a nonce of 12 bytes, the cipher text and a tag of 16 bytes.
 */
@Injectable()
export class EvidenceFiles {
  private readonly key: Buffer;

  constructor(@Inject(SETTINGS) private readonly settings: AccreditationsSettings) {
    this.key = Buffer.from(hkdfSync('sha256', settings.DATA_KEY, 'seans', 'accreditations/evidence', 32));
  }

  /**
   * @param limit most bytes of plain text; more ends the upload and leaves nothing behind
   * @throws evidence-too-large
   */
  async write(id: string, source: Readable, limit: number): Promise<StoredFile> {
    const path = this.path(id);
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(id));
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
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
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
      await this.remove(id);
      if (isDiskTrouble(error)) throw partUnavailable({ part: 'uploads' }, { cause: error });
      throw error;
    }
    return { bytes, sha256: hash.digest('hex'), type: (await fileTypeFromBuffer(head))?.mime };
  }

  /** The plain bytes; the stream fails where the file was tampered with. */
  async read(id: string): Promise<Readable> {
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
    const decipher = createDecipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(id));
    decipher.setAuthTag(tag);
    if (size <= IV + TAG) return Readable.from([]);
    const source = createReadStream(path, { start: IV, end: size - TAG - 1 });
    source.on('error', (error) => decipher.destroy(error));
    return source.pipe(decipher);
  }

  /** Puts other bytes in the place of a file, at once or not at all. */
  async replace(id: string, bytes: Buffer): Promise<void> {
    const path = this.path(id);
    const iv = randomBytes(IV);
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(id));
    const sealed = Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    try {
      await writeFile(`${path}.new`, sealed, { mode: 0o600 });
      await rename(`${path}.new`, path);
    } catch (error) {
      await rm(`${path}.new`, { force: true });
      throw isDiskTrouble(error) ? partUnavailable({ part: 'uploads' }, { cause: error }) : error;
    }
  }

  async remove(id: string): Promise<void> {
    await rm(this.path(id), { force: true });
  }

  private path(id: string): string {
    return join(this.settings.UPLOADS_DIR, id.slice(-2), `${id}.bin`);
  }
}

function isDiskTrouble(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ENOSPC', 'EROFS', 'EACCES', 'EDQUOT', 'EIO'].includes(`${error.code}`)
  );
}

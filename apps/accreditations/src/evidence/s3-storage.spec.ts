import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { newId } from '#libs/kernel';
import { playS3, type S3Double } from '../../test/s3-double.js';
import type { AccreditationsSettings } from '../settings.js';
import { EvidenceFiles } from './evidence-files.store.js';
import { S3Storage } from './s3-storage.js';

describe('papers in an S3-compatible store', () => {
  let s3: S3Double;
  let folder: string;
  let storage: S3Storage;
  let files: EvidenceFiles;
  beforeAll(async () => {
    s3 = await playS3();
    folder = mkdtempSync(join(tmpdir(), 'seans-s3-'));
    storage = new S3Storage(s3);
    files = new EvidenceFiles({ UPLOADS_DIR: folder, DATA_KEY: 'a key of a spec' } as AccreditationsSettings, storage);
  });
  afterAll(async () => {
    storage.close();
    await s3.close();
    rmSync(folder, { recursive: true });
  });

  it('are written, read and removed by signed calls, and lie there sealed', async () => {
    const id = newId();
    await files.keep(id, Buffer.from('a letter of commission'));
    const [key, kept] = [...s3.objects][0]!;
    expect(key).toBe(`evidence/${id.slice(-2)}/${id}.bin`);
    expect(kept.bytes.includes('letter')).toBe(false);
    expect((await buffer(await files.read(id))).toString()).toBe('a letter of commission');
    await files.remove(id);
    await files.remove(id);
    expect(s3.objects.size).toBe(0);
    await expect(files.read(id)).rejects.toMatchObject({ code: 'evidence-unknown' });
  });

  it('are found page by page, so that orphans can be swept', async () => {
    for (let i = 0; i < 5; i++) await files.keep(newId(), Buffer.from(`paper ${i}`));
    expect(await files.sweep(new Date(Date.now() + 60_000))).toBe(5);
    expect(s3.objects.size).toBe(0);
  });

  it('are refused under a wrong secret, and a store that is down is said to be', async () => {
    const wrong = new S3Storage({ ...s3, secretAccessKey: 'another' });
    await expect(wrong.get(newId())).rejects.toMatchObject({ code: 'part-unavailable' });
    wrong.close();
    s3.down = true;
    await expect(files.keep(newId(), Buffer.from('x'))).rejects.toMatchObject({ code: 'part-unavailable' });
    s3.down = false;
    expect(s3.objects.size).toBe(0);
  });
});

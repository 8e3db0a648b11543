import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import type { EvidenceRule } from '#libs/contracts';
import { isRefusal, newId } from '#libs/kernel';
import { picture, portrait } from '../../../../test/fixtures/uploads/parts.js';
import { UPLOADS } from '../../../../test/fixtures/uploads/uploads.js';
import type { AccreditationsSettings } from '../settings.js';
import { DiskStorage } from './disk-storage.js';
import { EvidenceFiles } from './evidence-files.store.js';
import { JudgeFile } from './judge-file.js';
import { Pictures } from './pictures.js';

const rule = (more: Partial<EvidenceRule> = {}): EvidenceRule => ({
  kind: 'letter',
  name: { kk: 'Хат', ru: 'Письмо', en: 'Letter' },
  required: true,
  minCount: 1,
  maxCount: 1,
  maxBytes: 20 * 1024 * 1024,
  types: ['application/pdf', 'image/jpeg', 'image/png'],
  ...more,
});
const PORTRAIT = rule({ kind: 'portrait', types: ['image/jpeg', 'image/png'], portrait: true });

describe('an uploaded file', () => {
  let folder: string;
  let files: EvidenceFiles;
  let judge: JudgeFile;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'seans-judged-'));
    const settings = { UPLOADS_DIR: folder, DATA_KEY: 'a key of a spec' } as AccreditationsSettings;
    files = new EvidenceFiles(settings, new DiskStorage(folder));
    judge = new JudgeFile(files, new Pictures());
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const left = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
  const sent = async (bytes: Buffer, by: EvidenceRule) => {
    const id = newId();
    const stored = await files.receive(id, Readable.from([bytes]), by.maxBytes);
    try {
      return { id, kept: await judge.execute(id, by, stored) };
    } catch (error) {
      await files.remove(id);
      throw error;
    }
  };

  it.each(UPLOADS)('$name: $verdict', async ({ bytes, portrait: isPortrait, verdict, sign }) => {
    const before = left();
    const outcome = await sent(await bytes(), isPortrait ? PORTRAIT : rule()).then(
      ({ id }) => ({ verdict: 'kept', sign: undefined, id }),
      (error: unknown) => {
        if (!isRefusal(error)) throw error;
        return { verdict: error.code, sign: error.facts.sign, id: undefined };
      },
    );
    expect([outcome.verdict, outcome.sign]).toEqual([verdict, sign]);
    expect(left()).toBe(before + (verdict === 'kept' ? 1 : 0));
  });

  it('that is a picture keeps its pixels, turned as the camera said, and nothing that it told beside them', async () => {
    const bytes = await picture(800, 600, 'jpeg', {
      orientation: 6,
      exif: { IFD0: { Copyright: 'Aigul', Make: 'Camera' }, IFD3: { GPSLatitude: '43/1 15/1 0/1' } },
    });
    expect(bytes.includes('Aigul')).toBe(true);
    const { id, kept } = await sent(bytes, PORTRAIT);
    const anew = await buffer(await files.read(id));
    const facts = await sharp(anew).metadata();
    expect([facts.width, facts.height, facts.orientation, facts.exif]).toEqual([600, 800, undefined, undefined]);
    expect([kept.bytes, anew.includes('Aigul'), anew.includes('Exif')]).toEqual([anew.length, false, false]);
    // The stripe lay on top; turned by a quarter it lies on the right.
    const { data, info } = await sharp(anew).raw().toBuffer({ resolveWithObject: true });
    const red = (x: number, y: number) => data[(y * info.width + x) * info.channels];
    expect([red(590, 400)! > 200, red(10, 400)! < 60]).toEqual([true, true]);
  });

  it('that is a large portrait is made smaller, and exactly 3:4', async () => {
    const { id } = await sent(await picture(2_300, 3_000), PORTRAIT);
    const { width, height } = await sharp(await buffer(await files.read(id))).metadata();
    expect([width, height]).toEqual([1_200, 1_600]);
  });

  it('lies sealed: no plain byte is on the disk, and a changed byte is noticed', async () => {
    const { id } = await sent(await portrait(), PORTRAIT);
    const storage = new DiskStorage(folder);
    const sealed = await buffer(await storage.get(id));
    expect(sealed.includes(Buffer.from([0xff, 0xd8, 0xff]))).toBe(false);
    await expect(openAs(newId(), sealed)).rejects.toThrow();
    expect((await openAs(id, sealed)).length).toBeGreaterThan(0);
    sealed[40]! ^= 1;
    await expect(openAs(id, sealed)).rejects.toThrow();
  });

  async function openAs(id: string, sealed: Buffer): Promise<Buffer> {
    const strange = new EvidenceFiles({ UPLOADS_DIR: folder, DATA_KEY: 'a key of a spec' } as AccreditationsSettings, {
      put: () => Promise.reject(new Error('not asked')),
      get: async () => Readable.from([sealed]),
      remove: async () => undefined,
      list: async function* () {},
    });
    return buffer(await strange.read(id));
  }

  it('that nothing belongs to is swept away once it is old enough, and half uploads with it', async () => {
    const mine = newId();
    await files.keep(mine, Buffer.from('owned'));
    const orphan = newId();
    await files.keep(orphan, Buffer.from('orphan'));
    await files.receive(newId(), Readable.from([Buffer.from('half')]), 100);
    files.ownedBy(async (ids) => ids.filter((id) => id === mine));
    expect(await files.sweep(new Date(Date.now() - 60_000))).toBe(0);
    await files.sweep(new Date(Date.now() + 60_000));
    expect((await buffer(await files.read(mine))).toString()).toBe('owned');
    await expect(files.read(orphan)).rejects.toMatchObject({ code: 'evidence-unknown' });
    expect(left()).toBe(1);
  });
});

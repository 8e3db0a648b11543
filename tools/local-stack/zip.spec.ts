import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { readZipEntry } from './zip.js';

/** A zip file of the given entries, as any archiver writes it. */
function zip(entries: { name: string; content: Buffer; deflated: boolean }[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, deflated } of entries) {
    const body = deflated ? deflateRawSync(content) : content;
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(deflated ? 8 : 0, 10);
    entry.writeUInt32LE(body.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(offset, 42);
    bodies.push(header, Buffer.from(name), body);
    directory.push(entry, Buffer.from(name));
    offset += header.length + Buffer.byteLength(name) + body.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}

describe('reading one entry of a zip file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'seans-zip-'));
  const file = join(folder, 'a.jar');
  const program = Buffer.from('program '.repeat(100));
  beforeAll(() =>
    writeFileSync(
      file,
      zip([
        { name: 'META-INF/MANIFEST.MF', content: Buffer.from('x'), deflated: false },
        { name: 'redis-server', content: program, deflated: true },
      ]),
    ),
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  it('gives back what was packed', () => {
    expect(readZipEntry(file, 'redis-server')).toEqual(program);
    expect(readZipEntry(file, 'META-INF/MANIFEST.MF')).toEqual(Buffer.from('x'));
  });
  it('is undefined for a name that is not there', () => expect(readZipEntry(file, 'redis')).toBeUndefined());
  it('fails on what is no zip file', () => {
    const other = join(folder, 'other');
    writeFileSync(other, 'not a zip file at all, only text');
    expect(() => readZipEntry(other, 'x')).toThrow(/not a zip file/);
  });
});

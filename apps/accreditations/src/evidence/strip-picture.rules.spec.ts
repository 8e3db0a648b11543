import { stripPicture } from './strip-picture.rules.js';

function segment(marker: number, content: string): Buffer {
  const body = Buffer.from(content);
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

function chunk(name: string, content: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, Buffer.from(name), Buffer.from(content), Buffer.alloc(4)]);
}

const START = Buffer.from([0xff, 0xd8]);
const PICTURE = Buffer.concat([segment(0xda, 'scan'), Buffer.from('pixels'), Buffer.from([0xff, 0xd9])]);
const PNG_HEAD = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

describe('a picture', () => {
  it('as JPEG loses place, camera, comments and what hangs behind it, and keeps its pixels', () => {
    const jfif = segment(0xe0, 'JFIF');
    const bytes = Buffer.concat([
      START,
      jfif,
      segment(0xe1, 'Exif GPS 43.2'),
      segment(0xfe, 'by me'),
      PICTURE,
      Buffer.from('tail'),
    ]);
    expect(stripPicture('image/jpeg', bytes)).toEqual(Buffer.concat([START, jfif, PICTURE]));
  });

  it('as PNG loses words, EXIF and time, and keeps its pixels', () => {
    const head = chunk('IHDR', 'size');
    const end = chunk('IEND', '');
    const bytes = Buffer.concat([
      PNG_HEAD,
      head,
      chunk('eXIf', 'GPS'),
      chunk('tEXt', 'by me'),
      chunk('IDAT', 'pixels'),
      end,
      Buffer.from('tail'),
    ]);
    expect(stripPicture('image/png', bytes)).toEqual(Buffer.concat([PNG_HEAD, head, chunk('IDAT', 'pixels'), end]));
  });

  it('that breaks off is nothing that anybody can vouch for', () => {
    expect(stripPicture('image/jpeg', Buffer.concat([START, segment(0xe1, 'Exif')]))).toBeUndefined();
    expect(stripPicture('image/png', Buffer.concat([PNG_HEAD, chunk('IHDR', 'size')]))).toBeUndefined();
  });

  it('is left alone where it is a document', () => {
    const bytes = Buffer.from('%PDF-1.7');
    expect(stripPicture('application/pdf', bytes)).toBe(bytes);
  });
});

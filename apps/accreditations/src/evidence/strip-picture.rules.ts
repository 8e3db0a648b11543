import type { EvidenceType } from '#libs/contracts';

/** JPEG segments that may tell where, when and with what a picture was taken; APP0, APP2 (colour) and APP14 stay. */
const TELLING_SEGMENTS = new Set([0xe1, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xeb, 0xec, 0xed, 0xef, 0xfe]);
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
/** PNG chunks of words, EXIF and time. */
const TELLING_CHUNKS = new Set(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME']);
const PNG_HEAD = 8;

/**
 * A picture without what it tells beside the picture: EXIF with its place and camera, captions, comments, and whatever
 * was hung behind its end. Documents of other types are answered as they are.
 * @returns undefined when the file is broken, so that nobody can say what it holds
 */
export function stripPicture(type: EvidenceType, bytes: Buffer): Buffer | undefined {
  if (type === 'image/jpeg') return stripJpeg(bytes);
  if (type === 'image/png') return stripPng(bytes);
  return bytes;
}

function stripJpeg(bytes: Buffer): Buffer | undefined {
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) return undefined;
    if (marker === START_OF_SCAN) {
      const last = bytes.lastIndexOf(Buffer.from([0xff, END_OF_IMAGE]));
      if (last < end) return undefined;
      kept.push(bytes.subarray(at, last + 2));
      return Buffer.concat(kept);
    }
    if (!TELLING_SEGMENTS.has(marker)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

function stripPng(bytes: Buffer): Buffer | undefined {
  const kept = [bytes.subarray(0, PNG_HEAD)];
  let at = PNG_HEAD;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (!TELLING_CHUNKS.has(name)) kept.push(bytes.subarray(at, end));
    if (name === 'IEND') return Buffer.concat(kept);
    at = end;
  }
  return undefined;
}

import type { EvidenceType } from '#libs/contracts';

/** What a file that calls itself a paper also is, or carries. */
export type Disguise = 'archive' | 'program' | 'script' | 'markup' | 'second-file' | 'virus-test';

/** The test file of EICAR (eicar.org), which every virus scanner must find; written in halves so that none finds us. */
const VIRUS_TEST = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('').toLowerCase();

/** Looked for in every byte: long enough that compressed pixels do not say them by chance. */
const ANYWHERE: readonly [string, Disguise][] = [
  [VIRUS_TEST, 'virus-test'],
  ['<?php', 'script'],
  ['<script', 'script'],
  ['<iframe', 'markup'],
  ['<!doctype html', 'markup'],
  ['<html', 'markup'],
];

/** Looked for only where no pixels are: beside the picture and behind the end of a file. */
const BESIDE: readonly [string, Disguise][] = [
  ['pk\x03\x04', 'archive'],
  ['rar!\x1a\x07', 'archive'],
  ['7z\xbc\xaf\x27\x1c', 'archive'],
  ['\x7felf', 'program'],
  ['this program cannot be run in dos mode', 'program'],
  ['%pdf-', 'second-file'],
  ['gif87a', 'second-file'],
  ['gif89a', 'second-file'],
  ['<svg', 'markup'],
  ['<body', 'markup'],
  ['<?=', 'script'],
  ['javascript:', 'script'],
];

/** A program for Windows begins with these two letters; only a beginning says so. */
const MZ = 'mz';
const ARCHIVE_END = Buffer.from('PK\x05\x06', 'latin1');
const ARCHIVE_END_BYTES = 22;
const LONGEST_COMMENT = 65_535;

/**
 * Tells a file that is two things at once: what a viewer takes for a picture, another program takes for an archive, a
 * page or a script. Undefined when nothing of the kind was found.
 */
export function disguiseOf(type: EvidenceType, bytes: Buffer): Disguise | undefined {
  const all = bytes.toString('latin1').toLowerCase();
  const found = ANYWHERE.find(([sign]) => all.includes(sign));
  if (found) return found[1];
  if (endsAsArchive(bytes)) return 'archive';
  for (const part of besidePixels(type, bytes)) {
    const text = part.toString('latin1').toLowerCase();
    const sign = BESIDE.find(([one]) => text.includes(one));
    if (sign) return sign[1];
    if (text.startsWith(MZ)) return 'program';
  }
  return undefined;
}

/** An archive is read from its end: a directory whose comment reaches exactly to the last byte (PKWARE APPNOTE 4.3.16). */
function endsAsArchive(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - ARCHIVE_END_BYTES - LONGEST_COMMENT);
  for (let at = bytes.indexOf(ARCHIVE_END, from); at >= 0; at = bytes.indexOf(ARCHIVE_END, at + 1)) {
    if (at + ARCHIVE_END_BYTES > bytes.length) return false;
    if (at + ARCHIVE_END_BYTES + bytes.readUInt16LE(at + 20) === bytes.length) return true;
  }
  return false;
}

/** The parts of a file that hold no pixels: captions, comments, profiles, and the tail. */
function besidePixels(type: EvidenceType, bytes: Buffer): Buffer[] {
  if (type === 'image/jpeg') return besideJpeg(bytes);
  if (type === 'image/png') return besidePng(bytes);
  const end = bytes.lastIndexOf('%%EOF');
  return end < 0 ? [] : [bytes.subarray(end + 5)];
}

const SCAN = 0xda;
const IMAGE_END = 0xd9;

/** Segments APP0 to APP15 and COM, and what follows the end of the image (ITU-T T.81, annex B). */
function besideJpeg(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) {
      at += 1;
      continue;
    }
    const marker = bytes[at + 1]!;
    if (marker === IMAGE_END) {
      parts.push(bytes.subarray(at + 2));
      return parts;
    }
    if (marker === 0xff || marker === 0 || marker === 1 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const end = Math.min(bytes.length, at + 2 + bytes.readUInt16BE(at + 2));
    if (marker === 0xfe || (marker >= 0xe0 && marker <= 0xef)) parts.push(bytes.subarray(at + 4, end));
    at = marker === SCAN ? afterScan(bytes, end) : Math.max(end, at + 2);
  }
  return parts;
}

/** Coded pixels have no marker but restarts; a zero follows each 0xff that is one of them. */
function afterScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** Every chunk but the pixels', and what follows IEND (PNG, third edition, section 5). */
function besidePng(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = Math.min(bytes.length, at + 12 + bytes.readUInt32BE(at));
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (name !== 'IDAT') parts.push(bytes.subarray(at + 8, end));
    at = end;
    if (name === 'IEND') break;
  }
  parts.push(bytes.subarray(at));
  return parts;
}

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ValueTransformer } from 'typeorm';
import { SETTINGS } from '#libs/service-defaults';
import type { AccreditationsSettings } from '../settings.js';

const SEALED = 'sealed:';
const IV = 12;
const TAG = 16;
/** An individual number, however its digits are set apart; also a mistyped one, whose check digit does not fit. */
const TWELVE_DIGITS = /^\s*(?:\d[\s-]*){12}$/;

let key: Buffer | undefined;

/** Makes the key of sealed answers known to the rows; the database never sees an individual number in the clear. */
@Injectable()
export class SealedAnswers {
  constructor(@Inject(SETTINGS) settings: AccreditationsSettings) {
    key = Buffer.from(hkdfSync('sha256', settings.DATA_KEY, 'seans', 'accreditations/answers', 32));
  }
}

function keyOrFail(): Buffer {
  if (!key) throw new Error('answers are sealed before the service knows its key');
  return key;
}

/** What looks sealed already was typed so: sealed, it comes back as it was typed. */
function seal(answer: string): string {
  if (!TWELVE_DIGITS.test(answer) && !answer.startsWith(SEALED)) return answer;
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', keyOrFail(), iv);
  const sealed = Buffer.concat([iv, cipher.update(answer, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return SEALED + sealed.toString('base64url');
}

/**
 * An answer as it was typed. One that can't be opened is given back as it lies there: a text that was never sealed, or
 * one under another key, must not keep its application from being read, decided or erased.
 */
export function openedAnswer(answer: string): string {
  if (!answer.startsWith(SEALED)) return answer;
  const sealed = Buffer.from(answer.slice(SEALED.length), 'base64url');
  if (sealed.length < IV + TAG) return answer;
  const decipher = createDecipheriv('aes-256-gcm', keyOrFail(), sealed.subarray(0, IV));
  decipher.setAuthTag(sealed.subarray(-TAG));
  const text = decipher.update(sealed.subarray(IV, -TAG));
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return answer;
  }
}

function each(answers: Readonly<Record<string, string>>, change: (answer: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(answers).map(([id, answer]) => [id, change(answer)]));
}

/** Answers as they lie in the database, for reads that go past the row. */
export function openedAnswers(answers: Readonly<Record<string, string>>): Record<string, string> {
  return each(answers, openedAnswer);
}

/** Seals and opens the answers of a column. */
export const sealedAnswers: ValueTransformer = {
  to: (answers?: Record<string, string>) => answers && each(answers, seal),
  from: (answers?: Record<string, string>) => answers && each(answers, openedAnswer),
};

/** The same where the answers are a part of what the column holds. */
export const sealedWithin: ValueTransformer = {
  to: (held?: { fields: Record<string, string> } | null) => held && { ...held, fields: each(held.fields, seal) },
  from: (held?: { fields: Record<string, string> } | null) =>
    held && { ...held, fields: each(held.fields, openedAnswer) },
};

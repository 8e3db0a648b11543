// Its declarations give a request its parts.

import type { Readable } from 'node:stream';
import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { uploadMalformed } from '../evidence/evidence.refusals.js';

/** What the form says of its file. */
export interface UploadTold {
  kind: string;
  /** The paper's own date, "2019-08-01". */
  issuedOn: string | null;
  /** Whether it is a certified translation; null where nothing was said. */
  translation: boolean | null;
}

export interface UploadForm {
  fileName: string | undefined;
  file: Readable;
  /** The kind where it stood before the file. */
  early: string | undefined;
  /** Reads the rest of the form after the file was taken. */
  finish(): Promise<UploadTold>;
}

const FIELDS: Readonly<Record<string, RegExp>> = {
  kind: /^.{1,80}$/,
  issuedOn: /^\d{4}-\d{2}-\d{2}$/,
  translation: /^(true|false)$/,
};

/** Reads away what a refused request still sends; without it the client would wait for ever to get rid of it. */
export function discardRest(request: FastifyRequest): void {
  request.raw.unpipe();
  request.raw.resume();
}

/**
 * Reads a form of one file and the fields `kind`, `issuedOn` and `translation`, in any order, without keeping the file in
 * memory.
 * @throws upload-malformed
 */
export async function readUploadForm(request: FastifyRequest): Promise<UploadForm> {
  if (!request.isMultipart()) throw uploadMalformed();
  const parts = request.parts({ limits: { files: 1, fields: 3, parts: 4, fieldSize: 200, headerPairs: 40 } });
  const told = new Map<string, string>();
  const field = ({ fieldname, value }: { fieldname: string; value: unknown }) => {
    const known = Object.hasOwn(FIELDS, fieldname) && !told.has(fieldname);
    if (!known || typeof value !== 'string' || !FIELDS[fieldname]!.test(value)) throw uploadMalformed();
    told.set(fieldname, value);
  };
  for (;;) {
    const { value: part, done } = await parts.next();
    if (done) throw uploadMalformed();
    if (part.type === 'field') {
      field(part);
      continue;
    }
    if (part.fieldname !== 'file') {
      part.file.resume();
      throw uploadMalformed();
    }
    return {
      fileName: part.filename,
      file: part.file,
      early: told.get('kind'),
      async finish() {
        for await (const later of parts) {
          if (later.type === 'file') {
            later.file.resume();
            throw uploadMalformed();
          }
          field(later);
        }
        return tellingOf(told);
      },
    };
  }
}

function tellingOf(told: ReadonlyMap<string, string>): UploadTold {
  const [kind, issuedOn, translation] = [told.get('kind'), told.get('issuedOn'), told.get('translation')];
  if (kind === undefined) throw uploadMalformed();
  // "2019-02-31" looks like a day and is none.
  if (issuedOn !== undefined && !isDay(issuedOn)) throw uploadMalformed();
  return {
    kind,
    issuedOn: issuedOn ?? null,
    translation: translation === undefined ? null : translation === 'true',
  };
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

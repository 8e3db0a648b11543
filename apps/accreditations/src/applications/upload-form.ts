// Its declarations give a request its parts.

import type { Readable } from 'node:stream';
import type {} from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { uploadMalformed } from '../evidence/evidence.refusals.js';

export interface UploadForm {
  fileName: string | undefined;
  file: Readable;
  /** The kind where it stood before the file. */
  early: string | undefined;
  /** Reads the rest of the form after the file was taken; answers the kind. */
  finish(): Promise<string>;
}

/** Reads away what a refused request still sends; without it the client would wait for ever to get rid of it. */
export function discardRest(request: FastifyRequest): void {
  request.raw.unpipe();
  request.raw.resume();
}

/**
 * Reads a form of one file and the field `kind`, in either order, without keeping the file in memory.
 * @throws upload-malformed
 */
export async function readUploadForm(request: FastifyRequest): Promise<UploadForm> {
  if (!request.isMultipart()) throw uploadMalformed();
  const parts = request.parts({ limits: { files: 1, fields: 3, parts: 4, fieldSize: 200, headerPairs: 40 } });
  let kind: string | undefined;
  const field = (part: { fieldname: string; value: unknown }) => {
    if (part.fieldname !== 'kind' || kind !== undefined || typeof part.value !== 'string') throw uploadMalformed();
    kind = part.value;
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
      early: kind,
      async finish() {
        for await (const later of parts) {
          if (later.type === 'file') {
            later.file.resume();
            throw uploadMalformed();
          }
          field(later);
        }
        if (kind === undefined) throw uploadMalformed();
        return kind;
      },
    };
  }
}

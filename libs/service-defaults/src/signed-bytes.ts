import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest, RequestPayload } from 'fastify';

/** Providers tell little; what is larger is not theirs. */
const WEBHOOK_LIMIT = 1024 * 1024;
const SIGNED = Symbol('signed-bytes');
type SignedRequest = FastifyRequest & { [SIGNED]?: Buffer };

/** The body of a webhook as it came over the wire: what its sender signed. Empty for any other route. */
export function signedBytes(request: FastifyRequest): Buffer {
  return (request as SignedRequest)[SIGNED] ?? Buffer.alloc(0);
}

/**
 * A webhook's signature is over its very bytes, so they are kept beside the parsed JSON. The body is read to its end first
 * and handed on as a stream of its own: a proxy that listens later misses nothing.
 */
export function keepSignedBytes(
  request: FastifyRequest,
  _reply: FastifyReply,
  payload: RequestPayload,
  done: (error: Error | null, payload?: RequestPayload) => void,
): void {
  if (!request.url.split('?')[0]?.endsWith('/webhook')) {
    done(null, payload);
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  payload.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= WEBHOOK_LIMIT) chunks.push(chunk);
  });
  payload.once('error', (error) => done(error));
  payload.once('end', () => {
    if (size > WEBHOOK_LIMIT) {
      done(Object.assign(new Error('the webhook is too large'), { statusCode: 413 }));
      return;
    }
    const bytes = Buffer.concat(chunks);
    (request as SignedRequest)[SIGNED] = bytes;
    done(null, Object.assign(Readable.from([bytes]), { receivedEncodedLength: size }));
  });
}

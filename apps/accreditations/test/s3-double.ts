import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface S3Double {
  endpoint: string;
  bucket: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
  objects: Map<string, { bytes: Buffer; at: Date }>;
  /** While true every call is answered 503. */
  down: boolean;
  close(): Promise<void>;
}

const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
const encoded = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * The four calls of S3 that we make, by its API reference: PutObject, GetObject, DeleteObject and ListObjectsV2, by path.
 * Each must carry a right signature of version 4 over its very bytes; anything else is refused as S3 refuses it.
 */
export async function playS3(): Promise<S3Double> {
  const double = {
    bucket: 'seans-papers',
    region: 'kz-ala-1',
    accessKeyId: 'AKIASPEC',
    secretAccessKey: 'a secret of a spec',
    objects: new Map<string, { bytes: Buffer; at: Date }>(),
    down: false,
  } as S3Double;
  const server = createServer((request, reply) => {
    answer(double, request, reply).catch((error: unknown) => reply.writeHead(500).end(String(error)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  double.endpoint = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  double.close = async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  };
  return double;
}

async function answer(double: S3Double, request: IncomingMessage, reply: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const url = new URL(request.url ?? '/', double.endpoint);
  const refuse = (status: number, code: string) =>
    reply.writeHead(status, { 'Content-Type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
  if (double.down) return void refuse(503, 'SlowDown');
  if (!isSigned(double, request, url, body)) return void refuse(403, 'SignatureDoesNotMatch');
  const [, bucket, ...rest] = decodeURIComponent(url.pathname).split('/');
  if (bucket !== double.bucket) return void refuse(404, 'NoSuchBucket');
  const key = rest.join('/');
  if (request.method === 'GET' && key === '') return void list(double, url, reply);
  if (request.method === 'PUT' && key) {
    if (Number(request.headers['content-length']) !== body.length) return void refuse(411, 'MissingContentLength');
    double.objects.set(key, { bytes: body, at: new Date() });
    return void reply.writeHead(200, { ETag: `"${sha256(body)}"` }).end();
  }
  if (request.method === 'DELETE' && key) {
    double.objects.delete(key);
    return void reply.writeHead(204).end();
  }
  const found = double.objects.get(key);
  if (request.method !== 'GET') return void refuse(405, 'MethodNotAllowed');
  if (!found) return void refuse(404, 'NoSuchKey');
  reply.writeHead(200, { 'Content-Length': found.bytes.length }).end(found.bytes);
}

/** Two keys a page, so that paging is walked. */
function list(double: S3Double, url: URL, reply: ServerResponse): void {
  if (url.searchParams.get('list-type') !== '2') {
    reply.writeHead(400).end();
    return;
  }
  const prefix = url.searchParams.get('prefix') ?? '';
  const after = url.searchParams.get('continuation-token') ?? '';
  const keys = [...double.objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, 2);
  const more = keys.length > page.length;
  const contents = page.map(
    (key) =>
      `<Contents><Key>${key}</Key><LastModified>${double.objects.get(key)!.at.toISOString()}</LastModified><Size>1</Size></Contents>`,
  );
  reply
    .writeHead(200, { 'Content-Type': 'application/xml' })
    .end(
      `<?xml version="1.0"?><ListBucketResult><Name>${double.bucket}</Name><IsTruncated>${more}</IsTruncated>${
        more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
      }${contents.join('')}</ListBucketResult>`,
    );
}

/** Signature Version 4 (AWS General Reference, "Create a signed AWS API request"), worked out anew from what arrived. */
function isSigned(double: S3Double, request: IncomingMessage, url: URL, body: Buffer): boolean {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? '',
    );
  if (!found) return false;
  const [, id, day, region, names, signature] = found as unknown as string[];
  const at = String(request.headers['x-amz-date']);
  if (id !== double.accessKeyId || region !== double.region || !at.startsWith(day!)) return false;
  const claimed = String(request.headers['x-amz-content-sha256']);
  if (claimed !== sha256(body)) return false;
  const headers = names!.split(';');
  if (!headers.includes('host') || !headers.includes('x-amz-content-sha256')) return false;
  const query = [...url.searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
  const canonical = [
    request.method,
    url.pathname,
    query,
    ...headers.map((name) => `${name}:${String(request.headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    names,
    claimed,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = ['s3', 'aws4_request'].reduce(
    (made, part) => hmac(made, part),
    hmac(hmac(`AWS4${double.secretAccessKey}`, day!), region!),
  );
  return hmac(key, ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n')).toString('hex') === signature;
}

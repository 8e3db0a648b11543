import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { partUnavailable } from '#libs/service-defaults';
import { evidenceUnknown } from './evidence.refusals.js';
import type { EvidenceStorage, SealedFile } from './evidence-storage.js';

export interface S3Place {
  endpoint: string;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
}

const ENDING = '.bin';

/** Sealed papers as objects of one bucket, in any store that speaks S3; addressed by path, as most of them need. */
export class S3Storage implements EvidenceStorage {
  private readonly client: S3Client;
  private readonly bucket: string;

  constructor({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Place) {
    this.bucket = bucket;
    this.client = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 3,
      // Trailing checksums are Amazon's own; others refuse them. Each file carries its own seal.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  async put(id: string, file: SealedFile): Promise<void> {
    const command = new PutObjectCommand({
      Bucket: this.bucket,
      Key: key(id),
      // Whole in memory: only so the call is signed over its bytes and can be sent again. Papers have at most
      // 20 MB, a batch of badges some tens.
      Body: await readFile(file.path),
      ContentLength: file.bytes,
      ContentType: 'application/octet-stream',
    });
    await this.client.send(command).catch(unavailable);
  }

  async get(id: string): Promise<Readable> {
    const answer = await this.client
      .send(new GetObjectCommand({ Bucket: this.bucket, Key: key(id) }))
      .catch((error: unknown) => {
        if (error instanceof NoSuchKey) throw evidenceUnknown({}, { cause: error });
        return unavailable(error);
      });
    if (!answer.Body) throw evidenceUnknown();
    return answer.Body as Readable;
  }

  async remove(id: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand({ Bucket: this.bucket, Key: key(id) })).catch(unavailable);
  }

  async *list(): AsyncIterable<{ id: string; at: Date }> {
    let next: string | undefined;
    do {
      const page = await this.client
        .send(new ListObjectsV2Command({ Bucket: this.bucket, Prefix: 'evidence/', ContinuationToken: next }))
        .catch(unavailable);
      for (const { Key, LastModified } of page.Contents ?? [])
        if (Key?.endsWith(ENDING) && LastModified) yield { id: Key.slice(12, -ENDING.length), at: LastModified };
      next = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (next);
  }

  close(): void {
    this.client.destroy();
  }
}

function key(id: string): string {
  return `evidence/${id.slice(-2)}/${id}${ENDING}`;
}

function unavailable(error: unknown): never {
  throw partUnavailable({ part: 'uploads' }, { cause: error, retryAfterMs: 2_000 });
}

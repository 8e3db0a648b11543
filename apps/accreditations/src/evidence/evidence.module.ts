import { Module } from '@nestjs/common';
import { SETTINGS } from '#libs/service-defaults';
import type { AccreditationsSettings } from '../settings.js';
import { DiskStorage } from './disk-storage.js';
import { EvidenceFiles } from './evidence-files.store.js';
import { EvidenceLinks } from './evidence-links.js';
import { EVIDENCE_STORAGE, type EvidenceStorage } from './evidence-storage.js';
import { JudgeFile } from './judge-file.js';
import { Pictures } from './pictures.js';
import { RemoveFiles } from './remove-files.job.js';
import { SweepOrphans } from './sweep-orphans.job.js';

/** Nobody needs the S3 client who keeps papers in a folder: it is loaded only where it is set. */
async function openStorage(settings: AccreditationsSettings): Promise<EvidenceStorage> {
  if (settings.UPLOADS_STORE === 'disk') return new DiskStorage(settings.UPLOADS_DIR);
  const { S3_ENDPOINT, S3_REGION, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = settings;
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY)
    throw new Error('UPLOADS_STORE=s3 needs S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY');
  const { S3Storage } = await import('./s3-storage.js');
  return new S3Storage({
    endpoint: S3_ENDPOINT,
    region: S3_REGION,
    bucket: S3_BUCKET,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
  });
}

@Module({
  providers: [
    { provide: EVIDENCE_STORAGE, inject: [SETTINGS], useFactory: openStorage },
    EvidenceFiles,
    EvidenceLinks,
    JudgeFile,
    Pictures,
    RemoveFiles,
    SweepOrphans,
  ],
  exports: [EvidenceFiles, EvidenceLinks, JudgeFile, RemoveFiles, SweepOrphans],
})
export class EvidenceModule {}

import { Module } from '@nestjs/common';
import { EvidenceFiles } from './evidence-files.store.js';

@Module({ providers: [EvidenceFiles], exports: [EvidenceFiles] })
export class EvidenceModule {}

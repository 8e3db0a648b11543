import { Module } from '@nestjs/common';
import { AuditorJob } from './auditor.job.js';
import { Auditor } from './auditor.js';
import { AuditorMetrics } from './auditor.metrics.js';
import { SealAuditJob } from './seal-audit.job.js';

/** For processes that do jobs. */
@Module({ providers: [AuditorMetrics, Auditor, AuditorJob, SealAuditJob] })
export class AuditorModule {}

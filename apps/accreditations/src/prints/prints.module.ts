import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { BadgesModule } from '../badges/badges.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { ReviewModule } from '../review/review.module.js';
import { BadgeFacesController } from './badge-faces.controller.js';
import { ChangePrint } from './change-print.js';
import { DrawBadges } from './draw-badges.js';
import { DrawBatch } from './draw-batch.js';
import { DrawBatches } from './draw-batches.job.js';
import { OrderPrints } from './order-prints.js';
import { PrintsController } from './prints.controller.js';
import { PrintsQueries } from './prints.queries.js';
import { ReprintBadge } from './reprint-badge.js';

@Module({
  imports: [EditionsModule, AuditModule, EvidenceModule, BadgesModule, ReviewModule],
  controllers: [PrintsController, BadgeFacesController],
  providers: [ChangePrint, DrawBadges, DrawBatch, DrawBatches, OrderPrints, PrintsQueries, ReprintBadge],
  exports: [ChangePrint, DrawBadges, DrawBatches, PrintsQueries, ReprintBadge],
})
export class PrintsModule {}

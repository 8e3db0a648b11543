import { Module } from '@nestjs/common';
import { EditionsModule } from '../editions/editions.module.js';
import { BadgeCodes } from './badge-codes.js';
import { BadgeDocuments } from './badge-documents.js';
import { BadgeTelling } from './badge-telling.js';
import { BadgesController } from './badges.controller.js';
import { BadgesQueries } from './badges.queries.js';
import { ChangeBadge } from './change-badge.js';
import { IssueBadge } from './issue-badge.js';
import { TellGates } from './tell-gates.job.js';

@Module({
  imports: [EditionsModule],
  controllers: [BadgesController],
  providers: [BadgeCodes, BadgeDocuments, BadgeTelling, BadgesQueries, ChangeBadge, IssueBadge, TellGates],
  exports: [BadgesQueries, ChangeBadge, IssueBadge, TellGates],
})
export class BadgesModule {}

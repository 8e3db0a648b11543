import { Module } from '@nestjs/common';
import { EditionsModule } from '../editions/editions.module.js';
import { AlertsController } from './alerts.controller.js';
import { AlertsQueries } from './alerts.queries.js';
import { BadgeCodes } from './badge-codes.js';
import { BadgeDocuments } from './badge-documents.js';
import { BadgeTelling } from './badge-telling.js';
import { BadgesController } from './badges.controller.js';
import { BadgesQueries } from './badges.queries.js';
import { ChangeBadge } from './change-badge.js';
import { IssueBadge } from './issue-badge.js';
import { RecordAlert } from './record-alert.js';
import { TellGates } from './tell-gates.job.js';

@Module({
  imports: [EditionsModule],
  controllers: [BadgesController, AlertsController],
  providers: [
    AlertsQueries,
    BadgeCodes,
    BadgeDocuments,
    BadgeTelling,
    BadgesQueries,
    ChangeBadge,
    IssueBadge,
    RecordAlert,
    TellGates,
  ],
  exports: [BadgeCodes, BadgesQueries, ChangeBadge, IssueBadge, RecordAlert, TellGates],
})
export class BadgesModule {}

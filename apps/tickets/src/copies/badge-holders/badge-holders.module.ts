import { Module } from '@nestjs/common';
import { BadgeHoldersQueries } from './badge-holders.queries.js';
import { RecordBadge } from './record-badge.js';

@Module({ providers: [RecordBadge, BadgeHoldersQueries], exports: [RecordBadge, BadgeHoldersQueries] })
export class BadgeHoldersModule {}

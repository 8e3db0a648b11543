import { Module } from '@nestjs/common';
import { PrivacyController } from './privacy.controller.js';
import { PrivacyQueries } from './privacy.queries.js';

@Module({ controllers: [PrivacyController], providers: [PrivacyQueries] })
export class PrivacyModule {}

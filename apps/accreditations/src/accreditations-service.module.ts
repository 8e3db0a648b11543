import { Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { ApplicationsModule } from './applications/applications.module.js';
import { BadgesModule } from './badges/badges.module.js';
import { CategoriesModule } from './categories/categories.module.js';
import { DelegationsModule } from './delegations/delegations.module.js';
import { DeskModule } from './desk/desk.module.js';
import { DocumentSetsModule } from './document-sets/document-sets.module.js';
import { DuplicatesModule } from './duplicates/duplicates.module.js';
import { ExtrasModule } from './extras/extras.module.js';
import { HearingModule } from './hearing/hearing.module.js';
import { PrintsModule } from './prints/prints.module.js';
import { ReleasesModule } from './releases/releases.module.js';
import { ReviewModule } from './review/review.module.js';

@Module({
  imports: [
    MessagingModule.for({ service: 'accreditations', consumes: ['screenings', 'tickets', 'people'] }),
    CategoriesModule,
    BadgesModule,
    ApplicationsModule,
    ReviewModule,
    ReleasesModule,
    PrintsModule,
    DeskModule,
    ExtrasModule,
    DocumentSetsModule,
    DuplicatesModule,
    DelegationsModule,
    HearingModule,
  ],
})
export class AccreditationsServiceModule {}

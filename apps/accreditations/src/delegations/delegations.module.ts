import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { CategoriesModule } from '../categories/categories.module.js';
import { EditionsModule } from '../editions/editions.module.js';
import { PeopleModule } from '../people/people.module.js';
import { AddMembers } from './add-members.js';
import { CompletionLinksController } from './completion-links.controller.js';
import { CompletionLinks } from './completion-links.js';
import { DelegationsController } from './delegations.controller.js';
import { DelegationsQueries } from './delegations.queries.js';
import { InviteMembers } from './invite-members.js';
import { LeadDelegation } from './lead-delegation.js';
import { OpenDelegation } from './open-delegation.js';

@Module({
  imports: [EditionsModule, PeopleModule, AuditModule, CategoriesModule, ApplicationsModule],
  controllers: [DelegationsController, CompletionLinksController],
  providers: [OpenDelegation, AddMembers, InviteMembers, LeadDelegation, CompletionLinks, DelegationsQueries],
})
export class DelegationsModule {}

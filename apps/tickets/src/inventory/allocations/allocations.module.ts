import { type DynamicModule, Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { AllocationsController } from './allocations.controller.js';
import { AllocationsQueries } from './allocations.queries.js';
import { BlockPolicies } from './blocks/block-policies.js';
import { BlocksController } from './blocks/blocks.controller.js';
import { BlocksQueries } from './blocks/blocks.queries.js';
import { KeepBlock } from './blocks/keep-block.js';
import { CompanionPlacesController } from './companion-places/companion-places.controller.js';
import { ReleaseCompanions } from './companion-places/release-companions.js';
import { EntryModes } from './entry-modes.js';
import { AnswerInvitation } from './invitations/answer-invitation.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsQueries } from './invitations/invitations.queries.js';
import { Invite } from './invitations/invite.js';
import { ReleasePlaces } from './release-places.job.js';

/** Who may draw from which share, and places kept for somebody. Global: hearers and doors ask for its rules. */
@Module({})
export class AllocationsModule {
  static for(role: { jobs: boolean; sell: boolean }): DynamicModule {
    return {
      module: AllocationsModule,
      global: true,
      imports: [ProgrammeCopyModule],
      controllers: role.sell
        ? [AllocationsController, BlocksController, CompanionPlacesController, InvitationsController]
        : [],
      providers: [
        AllocationsQueries,
        EntryModes,
        BlocksQueries,
        BlockPolicies,
        KeepBlock,
        ReleaseCompanions,
        InvitationsQueries,
        Invite,
        AnswerInvitation,
        ...(role.jobs ? [ReleasePlaces] : []),
      ],
      exports: [EntryModes, BlockPolicies, AnswerInvitation, InvitationsQueries],
    };
  }
}

import { Module } from '@nestjs/common';
import { InboxController } from './inbox.controller.js';
import { InboxQueries } from './inbox.queries.js';
import { InboxStreams } from './inbox-streams.js';

@Module({ controllers: [InboxController], providers: [InboxQueries, InboxStreams], exports: [InboxStreams] })
export class InboxModule {}

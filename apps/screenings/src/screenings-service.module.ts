import { Module } from '@nestjs/common';
import { MessagingModule } from '#libs/messaging';
import { ProgrammeModule } from './programme/programme.module.js';

/** Speaks and does not hear: everything it decides by is its own. */
@Module({ imports: [MessagingModule.for({ service: 'screenings', consumes: [] }), ProgrammeModule] })
export class ScreeningsServiceModule {}

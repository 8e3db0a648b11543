import { Module } from '@nestjs/common';
import { ProgrammeModule } from './programme/programme.module.js';

@Module({ imports: [ProgrammeModule] })
export class ScreeningsServiceModule {}

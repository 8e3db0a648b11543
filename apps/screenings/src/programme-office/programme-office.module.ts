import { Module } from '@nestjs/common';
import { ScreeningsModule } from '../screenings/screenings.module.js';
import { ProgrammeOfficeController } from './programme-office.controller.js';
import { RecordEntry } from './record-entry.js';

@Module({ imports: [ScreeningsModule], controllers: [ProgrammeOfficeController], providers: [RecordEntry] })
export class ProgrammeOfficeModule {}

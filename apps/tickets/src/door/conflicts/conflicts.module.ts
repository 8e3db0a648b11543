import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { ScansModule } from '../scans/scans.module.js';
import { Conflicts } from './conflicts.js';
import { TakeUploads } from './take-uploads.js';
import { UploadsController } from './uploads.controller.js';

@Module({
  imports: [ProgrammeCopyModule, ScansModule],
  controllers: [UploadsController],
  providers: [Conflicts, TakeUploads],
  exports: [Conflicts],
})
export class ConflictsModule {}

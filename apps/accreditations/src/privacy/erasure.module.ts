import { Module } from '@nestjs/common';
import { ApplicationsModule } from '../applications/applications.module.js';
import { EvidenceModule } from '../evidence/evidence.module.js';
import { ErasePerson } from './erase-person.js';

@Module({ imports: [ApplicationsModule, EvidenceModule], providers: [ErasePerson], exports: [ErasePerson] })
export class ErasureModule {}

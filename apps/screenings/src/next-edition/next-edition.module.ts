import { Module } from '@nestjs/common';
import { EditionsModule } from '../editions/editions.module.js';
import { CopyEdition } from './copy-edition.js';
import { NextEditionController } from './next-edition.controller.js';

@Module({ imports: [EditionsModule], controllers: [NextEditionController], providers: [CopyEdition] })
export class NextEditionModule {}

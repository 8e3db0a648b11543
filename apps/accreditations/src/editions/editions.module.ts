import { Module } from '@nestjs/common';
import { Editions } from './editions.js';

@Module({ providers: [Editions], exports: [Editions] })
export class EditionsModule {}

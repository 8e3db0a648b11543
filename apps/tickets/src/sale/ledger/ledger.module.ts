import { Module } from '@nestjs/common';
import { LedgerController } from './ledger.controller.js';
import { Settlements } from './settlements.js';

@Module({ controllers: [LedgerController], providers: [Settlements] })
export class LedgerModule {}

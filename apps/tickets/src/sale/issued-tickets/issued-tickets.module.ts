import { Module } from '@nestjs/common';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { AdmissionCodes } from './admission-codes.js';
import { TicketDocuments } from './ticket-documents.js';
import { TicketFactsReader } from './ticket-facts.js';
import { TicketSlips } from './ticket-slips.js';
import { Wallets } from './wallets.js';

@Module({
  imports: [ProgrammeCopyModule],
  providers: [AdmissionCodes, TicketFactsReader, TicketDocuments, TicketSlips, Wallets],
  exports: [AdmissionCodes, TicketDocuments, TicketSlips, Wallets],
})
export class IssuedTicketsModule {}

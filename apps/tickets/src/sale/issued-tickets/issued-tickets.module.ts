import { Module } from '@nestjs/common';
import { AdmissionCodes } from './admission-codes.js';
import { TicketDocuments } from './ticket-documents.js';

@Module({ providers: [AdmissionCodes, TicketDocuments], exports: [AdmissionCodes, TicketDocuments] })
export class IssuedTicketsModule {}

import { Module } from '@nestjs/common';
import { RecordContact } from './record-contact.js';

@Module({ providers: [RecordContact], exports: [RecordContact] })
export class ContactsModule {}

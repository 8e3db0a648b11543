import { Module } from '@nestjs/common';
import { PeopleController } from './people.controller.js';
import { RecordContact } from './record-contact.js';

@Module({ controllers: [PeopleController], providers: [RecordContact], exports: [RecordContact] })
export class ContactsModule {}

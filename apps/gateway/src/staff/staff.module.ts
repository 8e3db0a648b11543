import { Module } from '@nestjs/common';
import { ManageStaff } from './manage-staff.js';
import { StaffController } from './staff.controller.js';
import { StaffQueries } from './staff.queries.js';

@Module({ controllers: [StaffController], providers: [StaffQueries, ManageStaff] })
export class StaffModule {}

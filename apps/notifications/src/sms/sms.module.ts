import { Module } from '@nestjs/common';
import { SMS_CARRIER } from '../sending/carrier.js';
import { QuietHours } from './quiet-hours.js';
import { SmscCarrier } from './smsc-carrier.js';

@Module({
  providers: [QuietHours, { provide: SMS_CARRIER, useClass: SmscCarrier }],
  exports: [QuietHours, SMS_CARRIER],
})
export class SmsModule {}

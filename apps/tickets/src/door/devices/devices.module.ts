import { Global, Module } from '@nestjs/common';
import { DEVICE_AUTHENTICATOR } from '#libs/service-defaults';
import { ProgrammeCopyModule } from '../../copies/programme-copy/programme-copy.module.js';
import { DeviceSessions } from './device-sessions.js';
import { DevicesController } from './devices.controller.js';
import { Devices } from './devices.js';
import { Pins } from './pins.js';

/** Global: the access guard of every route asks it who a device is. */
@Global()
@Module({
  imports: [ProgrammeCopyModule],
  controllers: [DevicesController],
  providers: [Devices, DeviceSessions, Pins, { provide: DEVICE_AUTHENTICATOR, useExisting: Devices }],
  exports: [Devices, Pins, DEVICE_AUTHENTICATOR],
})
export class DevicesModule {}

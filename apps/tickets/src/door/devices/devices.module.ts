import { Global, Module } from '@nestjs/common';
import { DEVICE_AUTHENTICATOR } from '#libs/service-defaults';
import { DevicesController } from './devices.controller.js';
import { Devices } from './devices.js';

/** Global: the access guard of every route asks it who a device is. */
@Global()
@Module({
  controllers: [DevicesController],
  providers: [Devices, { provide: DEVICE_AUTHENTICATOR, useExisting: Devices }],
  exports: [Devices, DEVICE_AUTHENTICATOR],
})
export class DevicesModule {}

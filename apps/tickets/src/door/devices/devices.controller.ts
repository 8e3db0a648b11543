import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DeviceList, EditionChosen, PairDevice, PairedDevice, RegisterDevice, RegisteredDevice } from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, hasRole, roleNeeded, valid } from '#libs/service-defaults';
import { deviceUnknown } from './device.refusals.js';
import { Devices } from './devices.js';

@Controller('door')
export class DevicesController {
  constructor(private readonly devices: Devices) {}

  @Post('devices')
  @Access('house-manager')
  @Answers('A device may pair with this code, once', RegisteredDevice)
  register(
    @CallerParam() caller: Caller,
    @Body(valid(RegisterDevice)) body: RegisterDevice,
  ): Promise<RegisteredDevice> {
    if (!hasRole(caller, 'house-manager', body.editionId)) throw roleNeeded();
    return this.devices.register(caller, body);
  }

  @Get('devices')
  @Access('house-manager')
  @Answers('The devices of an edition and when each was last heard of', DeviceList)
  list(@CallerParam() caller: Caller, @Query(valid(EditionChosen)) { edition }: EditionChosen): Promise<DeviceList> {
    if (!hasRole(caller, 'house-manager', edition)) throw roleNeeded();
    return this.devices.list(edition);
  }

  @Delete('devices/:id')
  @HttpCode(204)
  @Access('house-manager')
  @Answers('The device is dead')
  async revoke(@CallerParam() caller: Caller, @Param('id') id: string): Promise<void> {
    if (!isId(id)) throw deviceUnknown();
    await this.devices.revoke(caller, id);
  }

  @Post('pair')
  @Access('public')
  @Answers('The device is paired; its token is told only now', PairedDevice)
  pair(@Body(valid(PairDevice)) body: PairDevice): Promise<PairedDevice> {
    return this.devices.pair(body.pairingCode);
  }
}

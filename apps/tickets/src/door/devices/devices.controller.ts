import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  AskChallenge,
  DeviceChallenge,
  DeviceList,
  DeviceReport,
  DeviceSession,
  EditionChosen,
  OpenDeviceSession,
  PairDevice,
  PairedDevice,
  PinList,
  RegisterDevice,
  RegisteredDevice,
  SetPin,
} from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, hasRole, roleNeeded, valid } from '#libs/service-defaults';
import { deviceUnknown, pinUnknown } from './device.refusals.js';
import { DeviceSessions } from './device-sessions.js';
import { Devices } from './devices.js';
import { Pins } from './pins.js';

@Controller('door')
export class DevicesController {
  constructor(
    private readonly devices: Devices,
    private readonly sessions: DeviceSessions,
    private readonly pins: Pins,
  ) {}

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
  @Answers('The device is paired with its own key', PairedDevice)
  pair(@Body(valid(PairDevice)) body: PairDevice): Promise<PairedDevice> {
    return this.sessions.pair(body);
  }

  @Post('challenges')
  @Access('public')
  @Answers('What a paired device signs to open a session', DeviceChallenge)
  challenge(@Body(valid(AskChallenge)) body: AskChallenge): Promise<DeviceChallenge> {
    return this.sessions.challenge(body.deviceId);
  }

  @Post('sessions')
  @Access('public')
  @Answers('A token of half an hour, for the device’s memory alone', DeviceSession)
  open(@Body(valid(OpenDeviceSession)) body: OpenDeviceSession): Promise<DeviceSession> {
    return this.sessions.open(body);
  }

  @Get('device')
  @Access('device')
  @Answers('What this device is for, until when, and the PINs it checks offline', PairedDevice)
  self(@CallerParam() caller: Caller): Promise<PairedDevice> {
    return this.devices.self(caller.id);
  }

  @Post('report')
  @HttpCode(204)
  @Access('device')
  @Answers('Noted')
  report(@CallerParam() caller: Caller, @Body(valid(DeviceReport)) body: DeviceReport): Promise<void> {
    return this.devices.report(caller.id, body);
  }

  @Get('pins')
  @Access('house-manager')
  @Answers('The PINs that work at the gates now, without their digits', PinList)
  pinList(@CallerParam() caller: Caller, @Query(valid(EditionChosen)) { edition }: EditionChosen): Promise<PinList> {
    return this.pins.list(caller, edition);
  }

  @Post('pins')
  @Access('house-manager')
  @Answers('The PINs that work at the gates now, with the new one', PinList)
  setPin(@CallerParam() caller: Caller, @Body(valid(SetPin)) body: SetPin): Promise<PinList> {
    return this.pins.set(caller, body);
  }

  @Delete('pins/:id')
  @HttpCode(204)
  @Access('house-manager')
  @Answers('The PIN no longer works')
  async endPin(@CallerParam() caller: Caller, @Param('id') id: string): Promise<void> {
    if (!isId(id)) throw pinUnknown();
    await this.pins.end(caller, id);
  }
}

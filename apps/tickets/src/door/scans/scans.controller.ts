import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { DoorScreenings, ScanCode as ScanCodeBody, ScanVerdict } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, valid } from '#libs/service-defaults';
import { DoorQueries } from './door.queries.js';
import { ScanCode } from './scan-code.js';

@Controller('door')
export class ScansController {
  constructor(
    private readonly scanCode: ScanCode,
    private readonly door: DoorQueries,
  ) {}

  @Get('screenings')
  @Access('device')
  @Answers('Screenings whose doors are open or open soon', DoorScreenings)
  screenings(@CallerParam() caller: Caller): Promise<DoorScreenings> {
    return this.door.screenings(caller.id);
  }

  @Post('scans')
  @HttpCode(200)
  @Access('device')
  @Answers('Whether this code opens this door now', ScanVerdict)
  scan(@CallerParam() caller: Caller, @Body(valid(ScanCodeBody)) body: ScanCodeBody): Promise<ScanVerdict> {
    return this.scanCode.execute(caller, body);
  }
}

import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  AskHolders,
  DoorList,
  DoorScreenings,
  HolderFace,
  HoldersAtGate,
  ListSince,
  PhotoLink,
  ScanCode as ScanCodeBody,
  ScanVerdict,
} from '#libs/contracts';
import { isId } from '#libs/kernel';
import { Access, Answers, type Caller, CallerParam, valid } from '#libs/service-defaults';
import { DoorLists } from './door-lists.js';
import { DoorNames } from './door-names.js';
import { Doors } from './doors.js';
import { HolderPhotos } from './holder-photos.js';
import { scanUnknown } from './scan.refusals.js';
import { ScanCode } from './scan-code.js';
import { UndoScan } from './undo-scan.js';

@Controller('door')
export class ScansController {
  constructor(
    private readonly scanCode: ScanCode,
    private readonly undoScan: UndoScan,
    private readonly doors: Doors,
    private readonly lists: DoorLists,
    private readonly photos: HolderPhotos,
    private readonly names: DoorNames,
  ) {}

  @Get('screenings')
  @Access('device')
  @Answers('Screenings whose doors are open or open soon', DoorScreenings)
  screenings(@CallerParam() caller: Caller): Promise<DoorScreenings> {
    return this.doors.screenings(caller.id);
  }

  @Get('screenings/:id/list')
  @Access('device')
  @Answers('Who may enter, without a name: the whole list, or what changed since a version', DoorList)
  list(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(ListSince)) { since }: ListSince,
  ): Promise<DoorList> {
    return this.lists.of(caller, id, since);
  }

  @Post('scans')
  @HttpCode(200)
  @Access('device')
  @Answers('Whether this code opens this door now', ScanVerdict)
  scan(@CallerParam() caller: Caller, @Body(valid(ScanCodeBody)) body: ScanCodeBody): Promise<ScanVerdict> {
    return this.scanCode.execute(caller, body);
  }

  @Post('scans/:id/undo')
  @HttpCode(204)
  @Access('device')
  @Answers('The scan no longer counts')
  async undo(@CallerParam() caller: Caller, @Param('id') id: string): Promise<void> {
    if (!isId(id)) throw scanUnknown();
    await this.undoScan.execute(caller, id);
  }

  @Post('scans/:id/photo')
  @HttpCode(200)
  @Access('device')
  @Answers('A link of one minute to the holder’s photo and name', PhotoLink)
  photo(@CallerParam() caller: Caller, @Param('id') id: string): Promise<PhotoLink> {
    if (!isId(id)) throw scanUnknown();
    return this.photos.link(caller, id);
  }

  @Post('holders')
  @HttpCode(200)
  @Access('device')
  @Answers('Who has a place here by this name, for an operator who may ask', HoldersAtGate)
  holders(@CallerParam() caller: Caller, @Body(valid(AskHolders)) body: AskHolders): Promise<HoldersAtGate> {
    return this.names.execute(caller, body);
  }

  @Get('photos/:token')
  @Access('public')
  @Answers('The face to compare with, for whoever has the link', HolderFace)
  face(@Param('token') token: string): Promise<HolderFace> {
    return this.photos.face(token);
  }
}

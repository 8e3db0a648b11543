import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  CloseDoors,
  DoorRules,
  EditionChosen,
  HoldersAsked,
  HoldersFound,
  HouseList,
  HousePage,
  PaperList,
  PaperTicked,
  PaperTicks,
  PauseSales,
  QuarantinedScans,
  SettleConflict,
} from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, hasRole, roleNeeded, valid } from '#libs/service-defaults';
import { DoorRules as EditionDoorRules } from '../scans/door-rules.js';
import { HouseQueries } from './house.queries.js';
import { QuarantineQueries } from './quarantine.queries.js';
import { RunHouse } from './run-house.js';

@Controller()
export class HouseController {
  constructor(
    private readonly house: HouseQueries,
    private readonly quarantine: QuarantineQueries,
    private readonly run: RunHouse,
    private readonly rules: EditionDoorRules,
  ) {}

  @Get('door/house')
  @Access('house-manager')
  @Answers('The screenings of these hours and how their doors go', HouseList)
  list(@CallerParam() caller: Caller, @Query(valid(EditionChosen)) { edition }: EditionChosen): Promise<HouseList> {
    return this.house.list(caller, edition);
  }

  @Get('door/house/:id')
  @Access('house-manager')
  @Answers('Everything about the doors of a screening, as of now', HousePage)
  page(@CallerParam() caller: Caller, @Param('id') id: string): Promise<HousePage> {
    return this.house.page(caller, id);
  }

  @Post('door/house/:id/sales')
  @HttpCode(200)
  @Access('house-manager')
  @Answers('Sales are paused, or go on', HousePage)
  async sales(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(PauseSales)) { paused }: PauseSales,
  ): Promise<HousePage> {
    await this.run.pauseSales(caller, id, paused);
    return this.house.page(caller, id);
  }

  @Post('door/house/:id/doors')
  @HttpCode(200)
  @Access('house-manager')
  @Answers('The doors are closed, or open again', HousePage)
  async doors(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(CloseDoors)) { closed }: CloseDoors,
  ): Promise<HousePage> {
    await this.run.closeDoors(caller, id, closed);
    return this.house.page(caller, id);
  }

  @Post('door/house/:id/sync')
  @HttpCode(200)
  @Access('house-manager')
  @Answers('Seats that nobody took may go, though a device is silent', HousePage)
  async sync(@CallerParam() caller: Caller, @Param('id') id: string): Promise<HousePage> {
    await this.run.confirmSync(caller, id);
    return this.house.page(caller, id);
  }

  @Post('door/house/:id/conflicts')
  @HttpCode(200)
  @Access('house-manager')
  @Answers('The conflict is settled, with a note', HousePage)
  async settle(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(SettleConflict)) { key, note }: SettleConflict,
  ): Promise<HousePage> {
    await this.run.settle(caller, id, key, note);
    return this.house.page(caller, id);
  }

  @Put('door/house/:id/rules')
  @Access('house-manager')
  @Answers('Re-entry, photo and capacity of this screening', HousePage)
  async setRules(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(DoorRules)) rules: DoorRules,
  ): Promise<HousePage> {
    await this.run.setRules(caller, id, rules);
    return this.house.page(caller, id);
  }

  @Get('door/house/:id/holders')
  @Access('house-manager')
  @Answers('The seats of people who were found by name', HoldersFound)
  holders(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Query(valid(HoldersAsked)) { people }: HoldersAsked,
  ): Promise<HoldersFound> {
    return this.house.holders(caller, id, people.split(','));
  }

  @Get('door/house/:id/quarantine')
  @Access('house-manager')
  @Answers('Scans of revoked devices, one by one; they are never counted', QuarantinedScans)
  quarantined(@CallerParam() caller: Caller, @Param('id') id: string): Promise<QuarantinedScans> {
    return this.quarantine.of(caller, id);
  }

  @Get('door/house/:id/paper')
  @Access('house-manager')
  @Answers('The list to print before doors: seats without names', PaperList)
  paper(@CallerParam() caller: Caller, @Param('id') id: string): Promise<PaperList> {
    return this.house.paper(caller, id);
  }

  @Post('door/house/:id/paper')
  @HttpCode(200)
  @Access('house-manager')
  @Answers('The ticks of the printed list count as entries', PaperTicked)
  ticks(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(PaperTicks)) body: PaperTicks,
  ): Promise<PaperTicked> {
    return this.run.typeTicks(caller, id, body);
  }

  @Get('editions/:id/door-rules')
  @Access('house-manager', 'programmer')
  @Answers('How the doors of an edition work where a screening says nothing else', DoorRules)
  editionRules(@CallerParam() caller: Caller, @Param('id') edition: string): Promise<DoorRules> {
    if (!hasRole(caller, 'house-manager', edition) && !hasRole(caller, 'programmer', edition)) throw roleNeeded();
    return this.rules.own(edition, '');
  }

  @Put('editions/:id/door-rules')
  @Access('house-manager', 'programmer')
  @Answers('How the doors of an edition work where a screening says nothing else', DoorRules)
  async setEditionRules(
    @CallerParam() caller: Caller,
    @Param('id') edition: string,
    @Body(valid(DoorRules)) rules: DoorRules,
  ): Promise<DoorRules> {
    await this.rules.set(caller, edition, '', rules);
    return rules;
  }
}

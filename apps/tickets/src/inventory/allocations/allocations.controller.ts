import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { AllocationUse, EntryModes as EntryModesBody } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, valid } from '#libs/service-defaults';
import { AllocationsQueries } from './allocations.queries.js';
import { EntryModes } from './entry-modes.js';

@Controller()
export class AllocationsController {
  constructor(
    private readonly allocations: AllocationsQueries,
    private readonly modes: EntryModes,
  ) {}

  @Get('screenings/:id/allocations')
  @Access('programmer', 'house-manager', 'box-office', 'finance')
  @Answers("How a screening's shares stand", AllocationUse)
  use(@CallerParam() caller: Caller, @Param('id') id: string): Promise<AllocationUse> {
    return this.allocations.use(caller, id);
  }

  @Get('screenings/:id/entry-modes')
  @Access('public')
  @Answers('How each class enters this screening, where it differs from the edition', EntryModesBody)
  async screeningModes(@Param('id') id: string): Promise<EntryModesBody> {
    return this.modes.list(await this.modes.editionOf(id), id);
  }

  @Put('screenings/:id/entry-modes')
  @Access('programmer', 'house-manager')
  @Answers('How each class enters this screening', EntryModesBody)
  setScreeningModes(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(EntryModesBody)) body: EntryModesBody,
  ): Promise<EntryModesBody> {
    return this.modes.setForScreening(caller, id, body);
  }

  @Get('editions/:id/entry-modes')
  @Access('public')
  @Answers('How each class enters, where it differs from the usual', EntryModesBody)
  editionModes(@Param('id') edition: string): Promise<EntryModesBody> {
    return this.modes.list(edition);
  }

  @Put('editions/:id/entry-modes')
  @Access('programmer', 'house-manager')
  @Answers('How each class enters', EntryModesBody)
  setEditionModes(
    @CallerParam() caller: Caller,
    @Param('id') edition: string,
    @Body(valid(EntryModesBody)) body: EntryModesBody,
  ): Promise<EntryModesBody> {
    return this.modes.set(caller, edition, '', body);
  }
}

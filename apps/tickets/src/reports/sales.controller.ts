import { Controller, Get, Param } from '@nestjs/common';
import { EditionSales, ScreeningSales } from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam } from '#libs/service-defaults';
import { PLACE_WATCHERS, requireRoleIn } from '../inventory/allocations/managers.js';
import { SalesQueries } from './sales.queries.js';

/** What the back office watches while a festival sells. */
@Controller()
export class SalesController {
  constructor(private readonly sales: SalesQueries) {}

  @Get('editions/:id/sales')
  @Access('programmer', 'house-manager', 'box-office', 'finance')
  @Answers('How the edition sells: days, totals and every screening', EditionSales)
  edition(@CallerParam() caller: Caller, @Param('id') edition: string): Promise<EditionSales> {
    requireRoleIn(caller, edition, PLACE_WATCHERS);
    return this.sales.edition(edition);
  }

  @Get('screenings/:id/sales')
  @Access('programmer', 'house-manager', 'box-office', 'finance')
  @Answers('How one screening sells, who has which seat, how people come in', ScreeningSales)
  async screening(@CallerParam() caller: Caller, @Param('id') id: string): Promise<ScreeningSales> {
    const edition = await this.sales.editionOf(id);
    requireRoleIn(caller, edition, PLACE_WATCHERS);
    return this.sales.screening(edition, id);
  }
}

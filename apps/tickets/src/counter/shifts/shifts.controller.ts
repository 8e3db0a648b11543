import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { Type } from 'typebox';
import {
  CountedDrawer,
  CounterEdition,
  MoveCash,
  OpenShift,
  Shift,
  ShiftFilter,
  ShiftRow,
  SignShift,
  Till,
  XReport,
  ZReport,
} from '#libs/contracts';
import { Access, Answers, type Caller, CallerParam, IdempotencyKey, valid } from '#libs/service-defaults';
import { requireRoleIn } from '../../inventory/allocations/managers.js';
import { ShiftsQueries } from './shifts.queries.js';
import { WorkShift } from './work-shift.js';

const MyShift = Type.Object({ shift: Type.Union([Shift, Type.Null()]) });

/** Tills and shifts of the box office. */
@Controller('counter')
export class ShiftsController {
  constructor(
    private readonly work: WorkShift,
    private readonly shifts: ShiftsQueries,
  ) {}

  @Get('tills')
  @Access('box-office', 'house-manager', 'finance')
  @Answers('The tills, and who works at each', Type.Array(Till))
  tills(@CallerParam() caller: Caller, @Query(valid(CounterEdition)) query: CounterEdition): Promise<Till[]> {
    requireRoleIn(caller, query.editionId, ['box-office', 'house-manager', 'finance']);
    return this.work.tills(caller, query.editionId);
  }

  @Post('shifts')
  @Access('box-office')
  @Answers('The shift is open, with its float in the drawer', Shift)
  open(
    @CallerParam() caller: Caller,
    @IdempotencyKey() key: string,
    @Body(valid(OpenShift)) body: OpenShift,
  ): Promise<Shift> {
    return this.work.open(caller, key, body);
  }

  @Get('shifts')
  @Access('house-manager', 'finance')
  @Answers('Shifts of the edition, the newest first', Type.Array(ShiftRow))
  list(@CallerParam() caller: Caller, @Query(valid(ShiftFilter)) filter: ShiftFilter): Promise<ShiftRow[]> {
    requireRoleIn(caller, filter.editionId, ['house-manager', 'finance']);
    return this.shifts.list(filter.editionId, filter.day);
  }

  @Get('shifts/mine')
  @Access('box-office')
  @Answers("The caller's open shift", MyShift)
  async mine(
    @CallerParam() caller: Caller,
    @Query(valid(CounterEdition)) query: CounterEdition,
  ): Promise<{ shift: Shift | null }> {
    return { shift: await this.shifts.mine(caller, query.editionId) };
  }

  @Get('shifts/:id')
  @Access('box-office', 'house-manager', 'finance')
  @Answers('A shift and its drawer’s movements', Shift)
  async one(@CallerParam() caller: Caller, @Param('id') id: string): Promise<Shift> {
    return this.shifts.view(caller, await this.shifts.one(caller, id));
  }

  @Post('shifts/:id/movements')
  @HttpCode(200)
  @Access('box-office')
  @Answers('The shift with the movement', Shift)
  move(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @IdempotencyKey() key: string,
    @Body(valid(MoveCash)) body: MoveCash,
  ): Promise<Shift> {
    return this.work.move(caller, id, key, body);
  }

  @Get('shifts/:id/x-report')
  @Access('box-office', 'house-manager', 'finance')
  @Answers('The figures so far; what the drawer holds is not told to its clerk', XReport)
  xReport(@CallerParam() caller: Caller, @Param('id') id: string): Promise<XReport> {
    return this.shifts.xReport(caller, id);
  }

  @Post('shifts/:id/close')
  @HttpCode(200)
  @Access('box-office')
  @Answers('The shift is closed; the report tells what was expected', ZReport)
  close(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(CountedDrawer)) body: CountedDrawer,
  ): Promise<ZReport> {
    return this.work.close(caller, id, body);
  }

  @Get('shifts/:id/z-report')
  @Access('box-office', 'house-manager', 'finance')
  @Answers('The report of a closed shift', ZReport)
  zReport(@CallerParam() caller: Caller, @Param('id') id: string): Promise<ZReport> {
    return this.shifts.zReport(caller, id);
  }

  @Post('shifts/:id/sign')
  @HttpCode(200)
  @Access('house-manager', 'finance')
  @Answers('The report is signed by somebody other than its clerk', ZReport)
  sign(
    @CallerParam() caller: Caller,
    @Param('id') id: string,
    @Body(valid(SignShift)) body: SignShift,
  ): Promise<ZReport> {
    return this.work.sign(caller, id, body);
  }
}

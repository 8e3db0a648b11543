import { Injectable } from '@nestjs/common';
import type { ImportSeatPlan as ImportSeatPlanBody, PlanDrawing, SeatPlanReport } from '#libs/contracts';
import { Database } from '#libs/persistence';
import { BrokenJson, type LinedJson, parseLined } from '../programme/json-lines.rules.js';
import { HallRow } from '../venues/venue.entity.js';
import { drawnPlan } from './drawing.rules.js';
import { readGrid } from './grid.rules.js';
import { aboutOf, PLAN_REASONS, withAbout } from './plan-problem.rules.js';
import { readPretix } from './pretix.rules.js';
import { RecordSeatPlan } from './record-seat-plan.js';
import { SeatPlanRow } from './seat-plan.entity.js';
import { hallMissing, planRefused } from './seat-plan.refusals.js';
import { generalPlan, type Plan, type PlanProblem, planProblems, withAccess } from './seat-plan.rules.js';

/** How many problems one answer names. */
const MOST_PROBLEMS = 200;

/** Thrown to roll a dry run back with its answer. */
class DryRun extends Error {
  constructor(readonly report: SeatPlanReport) {
    super('dry run');
  }
}

interface ReadPlan {
  plan: Plan;
  source: unknown;
}

/** A hall's plan from a file: taken whole as a new version, or refused whole with every problem at once. */
@Injectable()
export class ImportSeatPlan {
  constructor(
    private readonly database: Database,
    private readonly record: RecordSeatPlan,
  ) {}

  /** @throws hall-missing, changed-meanwhile, seat-plan-refused with seat and reason of every problem, seat-plan-of-other-hall */
  async execute(hallId: string, body: ImportSeatPlanBody, dryRun: boolean): Promise<SeatPlanReport> {
    const read = body.format === 'drawing' ? readDrawing(body.plan, await this.colours(body.planId)) : readPlan(body);
    const seen = body.format === 'drawing' ? { seen: body.seen } : {};
    try {
      return await this.database.transaction(async (tx) => {
        if (!(await tx.existsBy(HallRow, { id: hallId }))) throw hallMissing({ hallId });
        const recorded = await this.record.within(tx, { id: body.planId, hallId, ...read, ...seen });
        const report = { planId: body.planId, hallId, ...recorded, dryRun };
        if (dryRun) throw new DryRun(report);
        return report;
      });
    } catch (error) {
      if (error instanceof DryRun) return error.report;
      throw error;
    }
  }

  /** The colours that a plan's categories have now. */
  private async colours(id: string): Promise<ReadonlyMap<string, string>> {
    const newest = await this.database.source.manager.findOne(SeatPlanRow, {
      where: { id },
      order: { version: 'DESC' },
    });
    return new Map(newest?.plan.categories.map(({ name, color }) => [name, color]));
  }
}

/** A drawing says itself which places are whose; what it says is checked as any file is. */
function readDrawing(drawing: PlanDrawing, colours: ReadonlyMap<string, string>): ReadPlan {
  const { plan, access } = drawnPlan(drawing, colours);
  return sound(plan, planProblems(plan, access), access, null);
}

function readPlan(body: Exclude<ImportSeatPlanBody, { format: 'drawing' }>): ReadPlan {
  if (body.format === 'general') return { plan: generalPlan(body.name, body.capacity, body.category), source: null };
  if (body.format === 'csv') {
    const { plan, problems, access } = readGrid(body.name, body.text);
    return sound(plan, [...problems, ...planProblems(plan, access, problems)], access, null);
  }
  let lined: LinedJson;
  try {
    lined = parseLined(body.text);
  } catch (error) {
    if (!(error instanceof BrokenJson)) throw error;
    throw refused([{ pointer: '', code: 'plan-malformed', facts: { line: error.line, found: error.found } }]);
  }
  const access = {
    wheelchair: body.access?.wheelchair ?? [],
    companions: body.access?.companions ?? {},
    zoneLabels: body.access?.zoneLabels ?? {},
  };
  const { plan, problems } = readPretix(lined.value);
  if (!plan) throw refused(problems);
  return sound(plan, [...problems, ...planProblems(plan, access, problems)], access, lined.value);
}

function sound(
  plan: Plan,
  problems: PlanProblem[],
  access: Parameters<typeof withAccess>[1],
  source: unknown,
): ReadPlan {
  if (problems.length > 0) throw refused(problems);
  return { plan: withAccess(plan, access), source };
}

function refused(problems: readonly PlanProblem[]): Error {
  const named = problems.slice(0, MOST_PROBLEMS);
  return planRefused(
    {
      count: problems.length,
      problems: named.map(({ code, seat, pointer, facts }) => ({ code, seat, pointer, ...facts })),
    },
    {
      fields: named.map((problem) => ({
        field: problem.seat ?? problem.pointer.replace(/^\//, ''),
        code: problem.code,
        reason: withAbout(PLAN_REASONS[problem.code], aboutOf(problem)),
      })),
    },
  );
}

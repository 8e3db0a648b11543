import { Process } from '../world/scheduler.js';
import type { World } from '../world/world.js';
import type { TroublePlan } from './plan.js';

/** What befalls the house from outside: its hold store, its processes, its manager. */
export async function trouble(world: World, plan: TroublePlan): Promise<void> {
  const who = new Process(plan.name);
  const { scheduler, redis, twin } = world;
  const act = (work: () => void) => world.act(who, plan.does, work);
  await scheduler.sleep(who, plan.comesAfter);
  switch (plan.does) {
    case 'empty':
    case 'restart-empty':
      return act(() => redis.empty(plan.does === 'restart-empty'));
    case 'crash':
      return act(() => world.crashOne());
    case 'fail-over':
      await act(() => redis.keepCopy());
      await scheduler.sleep(who, plan.lasts);
      return act(() => redis.failOver());
    case 'away':
      await act(() => {
        redis.away = true;
      });
      await scheduler.sleep(who, plan.lasts);
      return act(() => {
        redis.away = false;
      });
    case 'stop-sale': {
      const onSale = (value: boolean) =>
        act(() => {
          twin.atomic(() => twin.boards.change(plan.screening, { onSale: value }));
        });
      await onSale(false);
      await scheduler.sleep(who, plan.lasts);
      return onSale(true);
    }
  }
}

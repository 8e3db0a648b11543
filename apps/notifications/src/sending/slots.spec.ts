import { Slots } from './slots.js';

describe('slots', () => {
  it('are as many as they are, and the most urgent goes first, then the first', async () => {
    const slots = new Slots(1);
    const order: string[] = [];
    const work = (name: string) => () => {
      order.push(name);
      return Promise.resolve();
    };
    let free: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      free = resolve;
    });
    const first = slots.run(70, () => held);
    const rest = [
      slots.run(70, work('bulk 1')),
      slots.run(70, work('bulk 2')),
      slots.run(0, work('sign in')),
      slots.run(10, work('door')),
    ];
    expect(order).toEqual([]);
    free();
    await Promise.all([first, ...rest]);
    expect(order).toEqual(['sign in', 'door', 'bulk 1', 'bulk 2']);
  });

  it('come back when the work fails', async () => {
    const slots = new Slots(1);
    await expect(slots.run(1, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.run(1, () => Promise.resolve('yes'))).toBe('yes');
  });
});

import { canStep, step, venueInstant } from '#libs/kernel';
import {
  allocate,
  endOf,
  everyClash,
  isLegalHour,
  SCREENING_CYCLE,
  slotClash,
  strictestRating,
} from './screening.rules.js';

const at = (local: string) => venueInstant(`2019-09-16T${local}`, 'Asia/Almaty');
const slot = (id: string, from: string, to: string, hallId = 'h') => ({
  id,
  hallId,
  startsAt: at(from),
  endsAt: at(to),
});

describe('a screening', () => {
  it('ends when its items do', () => {
    expect(endOf(at('19:30'), [{ minutes: 93 }, { minutes: 30 }])).toEqual(at('21:33'));
  });

  it('needs its hall for itself and time to change the audience', () => {
    const evening = slot('a', '19:30', '21:33');
    expect(slotClash(slot('b', '21:00', '22:00'), [evening])?.kind).toBe('hall-overlap');
    expect(slotClash(slot('b', '18:00', '19:20'), [evening])?.kind).toBe('turnaround-too-short');
    expect(slotClash(slot('b', '21:40', '23:00'), [evening])?.kind).toBe('turnaround-too-short');
    expect(slotClash(slot('b', '21:48', '23:00'), [evening])).toBeUndefined();
    expect(slotClash(slot('b', '21:00', '22:00', 'other'), [evening])).toBeUndefined();
    expect(slotClash(evening, [evening])).toBeUndefined();
  });

  it('names every pair of a hall that leaves no room, in the order of their starts', () => {
    const late = slot('late', '20:00', '21:00');
    const early = slot('early', '18:00', '19:50');
    const inside = slot('inside', '20:30', '20:40');
    const elsewhere = slot('elsewhere', '20:00', '21:00', 'other');
    expect(
      everyClash([late, elsewhere, inside, early]).map(({ kind, one, other }) => [kind, one.id, other.id]),
    ).toEqual([
      ['turnaround-too-short', 'early', 'late'],
      ['hall-overlap', 'late', 'inside'],
    ]);
  });

  it('shows 21+ only after ten in the evening at the venue', () => {
    expect(isLegalHour('21+', at('21:59'), 'Asia/Almaty')).toBe(false);
    expect(isLegalHour('21+', at('22:00'), 'Asia/Almaty')).toBe(true);
    expect(isLegalHour('21+', at('01:30'), 'Asia/Almaty')).toBe(true);
    expect(isLegalHour('18+', at('11:00'), 'Asia/Almaty')).toBe(true);
    expect(isLegalHour(null, at('11:00'), 'Asia/Almaty')).toBe(true);
  });

  it('is rated as its strictest film', () => {
    expect(strictestRating(['6+', null, '18+', '12+'])).toBe('18+');
    expect(strictestRating([])).toBeNull();
  });

  it('goes from draft to ended, and neither back from there nor around', () => {
    expect(step('screening', SCREENING_CYCLE, 'announced', 'on-sale')).toBe('on-sale');
    expect(canStep(SCREENING_CYCLE, 'draft', 'on-sale')).toBe(false);
    expect(canStep(SCREENING_CYCLE, 'cancelled', 'on-sale')).toBe(false);
    expect(canStep(SCREENING_CYCLE, 'ended', 'cancelled')).toBe(false);
    expect(canStep(SCREENING_CYCLE, 'cancelled', 'cancelled')).toBe(true);
  });

  it('shares a hall out, the rest to whoever takes the rest', () => {
    const shares = [
      { id: 'public', classes: ['public'], capacity: null, overflow: [] },
      { id: 'press', classes: ['press'], capacity: 24, overflow: ['public'] },
    ];
    expect(allocate(shares, 100, 's')?.map((a) => [a.id, a.capacity, a.overflow])).toEqual([
      ['s/public', 76, []],
      ['s/press', 24, ['s/public']],
    ]);
    expect(allocate(shares, 20, 's')).toBeUndefined();
  });
});

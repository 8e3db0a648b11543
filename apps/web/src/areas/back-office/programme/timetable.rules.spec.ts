import {
  axisOf,
  blockBeside,
  clashesOf,
  instantOf,
  type Lane,
  linesOf,
  minuteOf,
  type OfficeScreening,
} from './timetable.rules';

const DAY = '2019-09-16';
const ZONE = 'Asia/Almaty';
const show = (id: string, from: string, to: string) =>
  ({
    id,
    startsAt: `${DAY}T${from}:00.000Z`,
    freeFrom: `${DAY}T${to}:00.000Z`,
    timezone: ZONE,
  }) as OfficeScreening;
const name = { kk: 'x', ru: 'x', en: 'x' };
const lane = (hallId: string, ...screenings: OfficeScreening[]): Lane => ({
  hallId,
  hall: name,
  venue: name,
  timezone: ZONE,
  screenings,
});

describe('a timetable', () => {
  const lanes = [
    lane('one', show('a', '05:00', '07:00'), show('b', '13:30', '15:30')),
    lane('empty'),
    lane('three', show('c', '12:00', '14:00')),
  ];

  it('counts minutes on the venue’s wall and steps by five of them', () => {
    expect(minuteOf(`${DAY}T13:30:00.000Z`, DAY, ZONE)).toBe(19 * 60 + 30);
    expect(instantOf(19 * 60 + 32, DAY, ZONE)).toBe(`${DAY}T13:30:00.000Z`);
  });

  it('shows an ordinary day, and more of it where a show needs more', () => {
    expect(axisOf(lanes, DAY)).toMatchObject({ from: 600, to: 1380 });
    expect(axisOf([lane('night', show('n', '16:30', '18:30'))], DAY).to).toBe(25 * 60);
  });

  it('is walked with arrows: along a hall, over empty halls to the nearest hour', () => {
    expect(blockBeside(lanes, 'a', 'ArrowRight')).toBe('b');
    expect(blockBeside(lanes, 'b', 'ArrowDown')).toBe('c');
    expect(blockBeside(lanes, 'c', 'ArrowUp')).toBe('b');
    expect(blockBeside(lanes, 'b', 'ArrowRight')).toBeUndefined();
    expect(blockBeside(lanes, 'none', 'ArrowRight')).toBe('a');
  });

  it('lays what overlaps under each other and nothing else', () => {
    const over = { ...show('x', '06:00', '07:00'), endsAt: `${DAY}T06:50:00.000Z` };
    const first = { ...show('y', '05:00', '07:00'), endsAt: `${DAY}T06:30:00.000Z` };
    const late = { ...show('z', '06:30', '08:00'), endsAt: `${DAY}T07:30:00.000Z` };
    const { line, lines } = linesOf([first, over, late]);
    expect([lines, line.get('y'), line.get('x'), line.get('z')]).toEqual([2, 0, 1, 0]);
  });

  it('names a clash from both sides', () => {
    const clashes = [{ kind: 'hall-overlap' as const, screeningId: 'a', otherId: 'b' }];
    expect(clashesOf({ clashes }, 'b')).toEqual([{ kind: 'hall-overlap', otherId: 'a' }]);
    expect(clashesOf({ clashes }, 'c')).toEqual([]);
  });
});

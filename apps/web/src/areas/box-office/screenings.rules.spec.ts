import type { ScreeningView } from '#libs/contracts';
import { offered, sellable } from './screenings.rules';

const ZONE = 'Asia/Almaty';
const at = (local: string) => Date.parse(`${local}:00+06:00`);
const show = (id: string, local: string, state = 'on-sale') =>
  ({
    id,
    state,
    visibility: id === 'press' ? 'accredited' : 'public',
    startsAt: new Date(at(local)).toISOString(),
    lateEntryUntil: new Date(at(local) + 20 * 60_000).toISOString(),
  }) as ScreeningView;
const ids = (shows: ScreeningView[]) => shows.map((one) => one.id).join(' ');

describe('the screenings of the counter', () => {
  const shows = [
    show('late', '2019-09-16T22:15'),
    show('noon', '2019-09-16T12:00'),
    show('off', '2019-09-16T15:00', 'cancelled'),
    show('press', '2019-09-16T13:00'),
    show('next', '2019-09-17T00:15'),
    show('third', '2019-09-18T11:00'),
  ];

  it('are those of today in their order, with what has just begun', () => {
    expect(ids(offered(shows, at('2019-09-16T10:00'), ZONE))).toBe('noon late');
    expect(ids(offered(shows, at('2019-09-16T12:15'), ZONE))).toBe('noon late');
    expect(ids(offered(shows, at('2019-09-16T12:30'), ZONE))).toBe('late');
  });

  it('are those of the next day that has some, where today has none left', () => {
    expect(ids(offered(shows, at('2019-09-16T23:00'), ZONE))).toBe('next');
    expect(ids(offered(shows, at('2019-09-12T10:00'), ZONE))).toBe('noon late');
    expect(ids(offered(shows, at('2019-09-20T10:00'), ZONE))).toBe('');
  });

  it('are searched among all that are on sale', () => {
    expect(ids(sellable(shows, at('2019-09-16T13:00')))).toBe('late next third');
  });
});

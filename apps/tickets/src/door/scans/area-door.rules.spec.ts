import { areaDay, areaDoorId, areaFacts, readAreaDoor, ruleKey } from './area-door.rules.js';

const ZONE = 'Asia/Almaty';
const DOOR = { editionId: 'almaty-2019', letter: 'P', day: '2019-09-14' };

describe('the door of an area', () => {
  it('is named by edition, letter and day, and read back', () => {
    const id = areaDoorId(DOOR);
    expect(id).toBe('area:almaty-2019:P:2019-09-14');
    expect(readAreaDoor(id)).toEqual(DOOR);
    expect(readAreaDoor('area:with:colon:P:2019-09-14')).toMatchObject({ editionId: 'with:colon', letter: 'P' });
  });
  it('is nothing else', () => {
    for (const other of ['opening-night', 'area', 'area:e:PP:2019-09-14', 'area:e:P:tonight', 'hall:e:P:2019-09-14'])
      expect(readAreaDoor(other)).toBeUndefined();
  });
  it('keeps what was said of it from day to day', () => {
    expect(ruleKey(areaDoorId(DOOR))).toBe(ruleKey(areaDoorId({ ...DOOR, day: '2019-09-15' })));
    expect(ruleKey('opening-night')).toBe('opening-night');
  });
  it('belongs to the day before until five in the morning', () => {
    expect(areaDay(new Date('2019-09-14T22:59:00Z'), ZONE)).toBe('2019-09-14');
    expect(areaDay(new Date('2019-09-14T23:00:00Z'), ZONE)).toBe('2019-09-15');
  });
  it('is open from five to five, without seats', () => {
    const { data, seats } = areaFacts(DOOR, ZONE);
    expect(data).toMatchObject({
      doorsOpenAt: '2019-09-13T23:00:00.000Z',
      lateEntryUntil: '2019-09-14T23:00:00.000Z',
      title: { ru: 'Зона P' },
    });
    expect(seats).toEqual([]);
  });
});

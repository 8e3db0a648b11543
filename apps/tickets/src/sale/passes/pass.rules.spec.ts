import { opens, type PassScope } from './pass.rules.js';

const at = (startsAt: string, sectionId: string | null = 'competition') => ({
  startsAt: new Date(startsAt),
  timezone: 'Asia/Almaty',
  sectionId,
});

describe('a pass', () => {
  it.each<[PassScope, ReturnType<typeof at>, boolean]>([
    [{ kind: 'everything' }, at('2019-09-16T13:30:00Z'), true],
    [{ kind: 'films', films: 5 }, at('2019-09-16T13:30:00Z', null), true],
    [{ kind: 'day', day: '2019-09-16' }, at('2019-09-16T13:30:00Z'), true],
    [{ kind: 'day', day: '2019-09-16' }, at('2019-09-15T18:30:00Z'), true],
    [{ kind: 'day', day: '2019-09-16' }, at('2019-09-16T18:30:00Z'), false],
    [{ kind: 'section', sections: ['competition'] }, at('2019-09-16T13:30:00Z'), true],
    [{ kind: 'section', sections: ['unesco'] }, at('2019-09-16T13:30:00Z'), false],
    [{ kind: 'section', sections: ['unesco'] }, at('2019-09-16T13:30:00Z', null), false],
  ])('%j opens %j: %s', (scope, screening, wanted) => {
    expect(opens(scope, screening)).toBe(wanted);
  });
});

import { type Facts, guideSteps } from './guide.rules';

const now = new Date('2019-09-12T04:00:00Z');
const facts = (changes: object): Facts => ({
  now,
  programme: { screenings: [], venues: [], plans: [] },
  categories: [],
  devices: [],
  ...changes,
});
const done = (given: Facts) => guideSteps(given).map((step) => step.done);

describe('the guide of a first edition', () => {
  it('begins with nothing done', () => {
    expect(done(facts({}))).toEqual([false, false, false, false, false]);
  });

  it('knows each step from facts', () => {
    const programme = {
      screenings: [{ hallId: 'a', state: 'on-sale' }],
      venues: [],
      plans: [{ hallId: 'a' }],
    };
    const categories = [{ opensAt: '2019-09-13T00:00:00Z' }, { opensAt: '2019-09-01T00:00:00Z' }];
    expect(done(facts({ programme, categories, devices: [{ state: 'paired' }] }))).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });

  it('says that a hall without a plan is still to be drawn, and that a registered device is not paired', () => {
    const programme = { screenings: [{ hallId: 'a', state: 'draft' }], venues: [], plans: [{ hallId: 'b' }] };
    expect(done(facts({ programme, devices: [{ state: 'registered' }] }))).toEqual([true, false, false, false, false]);
  });

  it('claims nothing that the person may not know', () => {
    expect(done({ now })).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });
});

import { type AnswerCondition, conditionHolds, countingAnswers, fieldsOfCondition } from './condition.js';

const tv: AnswerCondition = { field: 'medium', is: ['tv', 'radio'] };
const foreign: AnswerCondition = { not: { field: 'country', is: ['KZ', ''] } };
const crew: AnswerCondition = { all: [tv, foreign] };

describe('a condition', () => {
  it.each([
    ['an answer of the list', tv, { medium: 'tv' }, true],
    ['spaces around it', tv, { medium: ' tv ' }, true],
    ['another answer', tv, { medium: 'print' }, false],
    ['no answer', tv, {}, false],
    ['no answer, where an empty one is of the list', { field: 'x', is: [''] }, {}, true],
    ['both of two', crew, { medium: 'tv', country: 'DE' }, true],
    ['one of two', crew, { medium: 'tv', country: 'KZ' }, false],
    ['one of either', { any: [tv, foreign] }, { country: 'DE' }, true],
    ['none of either', { any: [tv, foreign] }, { country: 'KZ' }, false],
  ] as [string, AnswerCondition, Record<string, string>, boolean][])('%s', (_name, condition, answers, holds) => {
    expect(conditionHolds(condition, answers)).toBe(holds);
  });

  it('holds where there is none, and names the fields that it looks at', () => {
    expect(conditionHolds(undefined, {})).toBe(true);
    expect(fieldsOfCondition({ any: [crew, { field: 'visa', is: ['yes'] }] })).toEqual(['medium', 'country', 'visa']);
  });

  it('does not hear an answer to a question that is not asked any more', () => {
    const form = [
      { id: 'medium' },
      { id: 'camera', when: tv },
      { id: 'carnet', when: { field: 'camera', is: ['yes'] } },
    ];
    expect(countingAnswers(form, { medium: 'tv', camera: 'yes', carnet: 'no' })).toEqual({
      medium: 'tv',
      camera: 'yes',
      carnet: 'no',
    });
    expect(countingAnswers(form, { medium: 'print', camera: 'yes', carnet: 'no' })).toEqual({ medium: 'print' });
  });
});

import type { CategoryView, FormField } from '#libs/contracts';
import { answersToSend, askedSteps, problemsOf } from './apply.rules';

const words = { kk: 'с', ru: 'с', en: 'w' };
const field = (id: string, more: Partial<FormField> = {}): FormField => ({
  id,
  label: words,
  kind: 'text',
  required: true,
  maxLength: 80,
  ...more,
});
const category = {
  form: [
    field('name', { personal: true }),
    field('country', { kind: 'country' }),
    field('outlet'),
    field('passport', { personal: true, when: { not: { field: 'country', is: ['KZ', ''] } } }),
  ],
  evidence: [
    { kind: 'letter', name: words, required: true, minCount: 1, maxCount: 1, maxBytes: 1_024, types: [] },
    { kind: 'face', name: words, required: true, minCount: 1, maxCount: 1, maxBytes: 1_024, types: [], portrait: true },
  ],
} as unknown as CategoryView;

describe('the steps of an application', () => {
  it('leave out the journey for whoever needs none', () => {
    const ids = (country: string) => askedSteps(category, { country }).map((step) => step.id);
    expect(ids('KZ')).toEqual(['you', 'work', 'papers', 'portrait', 'send']);
    expect(ids('LV')).toEqual(['you', 'work', 'travel', 'papers', 'portrait', 'send']);
  });

  it('send no answer to a question that is no longer asked', () => {
    expect(answersToSend(category, { country: 'KZ', passport: 'A1', name: 'Ә' })).toEqual({ country: 'KZ', name: 'Ә' });
  });

  it('know their own problems', () => {
    const problems = [
      { field: 'fields/outlet', code: 'missing', reason: words },
      { field: 'evidence/face', code: 'missing', reason: words },
    ];
    const steps = askedSteps(category, {});
    expect(steps.map((step) => problemsOf(step, problems).length)).toEqual([0, 1, 0, 1, 0]);
  });
});

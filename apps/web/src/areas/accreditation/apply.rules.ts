import type { Application, CategoryView, EvidenceRule, FormField } from '#libs/contracts';
import { conditionHolds, countingAnswers } from '#libs/kernel';

export type StepId = 'you' | 'work' | 'travel' | 'papers' | 'portrait' | 'send';
export type Answers = Record<string, string>;

/** What a category asks with these answers, in the order of the steps; a step with nothing to ask is left out. */
export interface AskedStep {
  id: StepId;
  fields: FormField[];
  papers: EvidenceRule[];
}

/** Questions that depend on others are about the journey; personal ones and where one lives come first. */
function stepOf(field: FormField): 'you' | 'work' | 'travel' {
  if (field.when) return 'travel';
  return field.personal || field.kind === 'country' || field.id === 'city' ? 'you' : 'work';
}

export function askedSteps(category: CategoryView, answers: Answers): AskedStep[] {
  const counting = countingAnswers(category.form, answers);
  const fields = category.form.filter((field) => conditionHolds(field.when, counting));
  const papers = category.evidence.filter((rule) => conditionHolds(rule.when, counting));
  const step = (id: StepId, of: Partial<AskedStep> = {}): AskedStep => ({ id, fields: [], papers: [], ...of });
  const all = [
    ...(['you', 'work', 'travel'] as const).map((id) =>
      step(id, { fields: fields.filter((field) => stepOf(field) === id) }),
    ),
    step('papers', { papers: papers.filter((rule) => !rule.portrait) }),
    step('portrait', { papers: papers.filter((rule) => rule.portrait) }),
    step('send'),
  ];
  return all.filter(({ id, fields: f, papers: p }) => id === 'send' || f.length + p.length > 0);
}

/** What is sent: answers to questions that are asked now. */
export function answersToSend(category: CategoryView, answers: Answers): Answers {
  const counting = countingAnswers(category.form, answers);
  const asked = category.form.filter((field) => conditionHolds(field.when, counting));
  return Object.fromEntries(asked.flatMap(({ id }) => (answers[id] ? [[id, answers[id]]] : [])));
}

/** What stands against handing in, by step. */
export function problemsOf(step: AskedStep, problems: Application['problems']): Application['problems'] {
  return problems.filter(
    ({ field }) =>
      step.fields.some(({ id }) => field === `fields/${id}`) ||
      step.papers.some(({ kind }) => field === `evidence/${kind}`),
  );
}

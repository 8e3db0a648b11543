import type { CategoryRow } from '#libs/contracts';
import { conditionHolds, countingAnswers } from '#libs/kernel';

/** How many kinds of paper an application needs with its answers, and how many of these are there. */
export function paperCount(
  category: Pick<CategoryRow, 'form' | 'evidence'>,
  answers: Record<string, string>,
  kinds: readonly string[],
): { asked: number; given: number } {
  const counting = countingAnswers(category.form, answers);
  const asked = category.evidence.filter((rule) => rule.required && conditionHolds(rule.when, counting));
  const given = asked.filter((rule) => kinds.filter((kind) => kind === rule.kind).length >= Math.max(1, rule.minCount));
  return { asked: asked.length, given: given.length };
}

/**
 * When something is asked for, as data: by answers given so far. Conditions nest; the contract of a file says how deep.
 */
export type AnswerCondition =
  | { field: string; is: readonly string[] }
  | { not: AnswerCondition }
  | { all: readonly AnswerCondition[] }
  | { any: readonly AnswerCondition[] };

export type Answers = Readonly<Record<string, string>>;

/** Whether the condition holds for the answers; an absent answer is none of a list, none at all always holds. */
export function conditionHolds(condition: AnswerCondition | undefined, answers: Answers): boolean {
  if (condition === undefined) return true;
  if ('not' in condition) return !conditionHolds(condition.not, answers);
  if ('all' in condition) return condition.all.every((part) => conditionHolds(part, answers));
  if ('any' in condition) return condition.any.some((part) => conditionHolds(part, answers));
  return condition.is.includes((answers[condition.field] ?? '').trim());
}

/** The fields that a condition looks at. */
export function fieldsOfCondition(condition: AnswerCondition | undefined): string[] {
  if (condition === undefined) return [];
  if ('not' in condition) return fieldsOfCondition(condition.not);
  if ('all' in condition) return condition.all.flatMap(fieldsOfCondition);
  if ('any' in condition) return condition.any.flatMap(fieldsOfCondition);
  return [condition.field];
}

/**
 * The answers that count: those of fields that are asked for. A field's condition looks at fields before it, so one
 * pass in the form's order is enough, and an answer to a question that is no longer asked opens nothing behind it.
 */
export function countingAnswers(
  form: readonly { id: string; when?: AnswerCondition }[],
  answers: Answers,
): Record<string, string> {
  const counting: Record<string, string> = {};
  for (const { id, when } of form) {
    const answer = answers[id]?.trim();
    if (answer && conditionHolds(when, counting)) counting[id] = answer;
  }
  return counting;
}

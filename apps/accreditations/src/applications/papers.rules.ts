import type { EvidenceRule } from '#libs/contracts';
import { conditionHolds, DAY, type FieldProblem } from '#libs/kernel';

export interface PaperGiven {
  kind: string;
  /** The paper's own date, "2019-08-20". */
  issuedOn: string | null;
}

/** The papers that are asked for, by the answers that count. */
export function askedPapers(
  rules: readonly EvidenceRule[],
  counting: Readonly<Record<string, string>>,
): EvidenceRule[] {
  return rules.filter((rule) => conditionHolds(rule.when, counting));
}

/** Days between the paper's date and the day of `at`, both as calendars at the venue count them. */
function ageInDays(issuedOn: string, today: string): number {
  return Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${issuedOn}T00:00:00Z`)) / DAY);
}

/**
 * What is missing, undated or too old among the papers.
 * @param today the day of the hand-in at the venue, "2019-09-12"
 */
export function problemsOfPapers(
  rules: readonly EvidenceRule[],
  counting: Readonly<Record<string, string>>,
  papers: readonly PaperGiven[],
  today: string,
): FieldProblem[] {
  return askedPapers(rules, counting).flatMap((rule) => {
    const own = papers.filter((paper) => paper.kind === rule.kind);
    const found: FieldProblem[] = [];
    const lack = rule.required ? rule.minCount - own.length : 0;
    if (lack > 0)
      found.push({
        field: `evidence/${rule.kind}`,
        code: 'evidence-missing',
        reason: {
          kk: `${rule.name.kk}: тағы ${lack} файл керек.`,
          ru: `${rule.name.ru}: не хватает файлов — ${lack}.`,
          en: `${rule.name.en}: ${lack} more ${lack === 1 ? 'file is' : 'files are'} needed.`,
        },
      });
    if (rule.maxAgeDays === undefined) return found;
    if (own.some((paper) => paper.issuedOn === null))
      found.push({
        field: `evidence/${rule.kind}`,
        code: 'evidence-undated',
        reason: {
          kk: `${rule.name.kk}: құжаттың күнін көрсетіңіз.`,
          ru: `${rule.name.ru}: укажите дату документа.`,
          en: `${rule.name.en}: please give the date of the paper.`,
        },
      });
    const ages = own.flatMap((paper) => (paper.issuedOn === null ? [] : [ageInDays(paper.issuedOn, today)]));
    if (ages.some((age) => age > rule.maxAgeDays!))
      found.push({
        field: `evidence/${rule.kind}`,
        code: 'evidence-too-old',
        reason: {
          kk: `${rule.name.kk}: ${rule.maxAgeDays} күннен ескі болмауы керек.`,
          ru: `${rule.name.ru}: не старше ${rule.maxAgeDays} дн.`,
          en: `${rule.name.en}: at most ${rule.maxAgeDays} days old.`,
        },
      });
    if (ages.some((age) => age < 0))
      found.push({
        field: `evidence/${rule.kind}`,
        code: 'evidence-from-the-future',
        reason: {
          kk: `${rule.name.kk}: күні әлі келген жоқ.`,
          ru: `${rule.name.ru}: дата ещё не наступила.`,
          en: `${rule.name.en}: its date is still to come.`,
        },
      });
    return found;
  });
}

import { VERDICTS, type Verdict } from '#libs/admission-code';
import { lookOf } from './own-verdict';
import type { ShownVerdict } from './shown';

const SAMPLE = /^SEANS\/PRACTICE\/([A-Z-]+)$/;
const VERDICT_NAMES = Object.keys(VERDICTS) as Verdict[];

/** A sample code for each answer of the door, as the practice sheet prints them. */
export const SAMPLES = VERDICT_NAMES.map((verdict) => ({
  verdict,
  code: `SEANS/PRACTICE/${verdict.toUpperCase().replaceAll('_', '-')}`,
}));

/** What practice answers: a sample its own verdict, anything else that it is no code of ours. Nothing leaves the device. */
export function practiceVerdict(
  code: string,
  about: { scanId: string; direction: 'in' | 'out'; since: number; now: Date; gate: string },
): ShownVerdict {
  const name = SAMPLE.exec(code.trim().toUpperCase())?.[1]?.toLowerCase().replaceAll('-', '_');
  const verdict = VERDICT_NAMES.find((one) => one === name) ?? 'unknown';
  const row = VERDICTS[verdict];
  return {
    scanId: about.scanId,
    verdict,
    admitted: row.admitted,
    ...lookOf(verdict, row.admitted),
    overridable: row.overridable,
    overridden: false,
    direction: about.direction,
    ...(row.admitted === 'yes' && { row: '7', seat: '14' }),
    ...(verdict === 'already_used' && {
      earlier: { at: new Date(about.now.getTime() - 14 * 60_000).toISOString(), gate: about.gate },
    }),
    offline: false,
    practice: true,
    since: about.since,
  };
}

/** What an answer to a practice question leads to. */
export function practiceAnswered(shown: ShownVerdict, yes: boolean, since: number): ShownVerdict {
  return yes
    ? { ...shown, verdict: 'ok', admitted: 'yes', ...lookOf('ok', 'yes'), row: '7', seat: '14', since }
    : { ...shown, admitted: 'no', ...lookOf(shown.verdict, 'no'), since };
}

import { useEffect, useRef, useState } from 'react';
import type { Application, EvidenceRule } from '#libs/contracts';
import { formatDate, newId } from '#libs/kernel';
import { removeEvidence, uploadEvidence } from '../../api/accreditations-applicant.api';
import { ApiProblem, NoAnswer } from '../../api/client';
import { useWords } from '../../i18n';
import { DropArea, Progress } from '../../ui/drop-area';
import { CheckBox } from '../../ui/fields';
import { Icon } from '../../ui/icon';
import { Button, Field, StateWord, ui } from '../../ui/parts';
import styles from './papers.module.css';
import { PortraitCrop } from './portrait-crop';
import { useKept } from './use-draft';

const MB = 1024 * 1024;
const KIND_OF_FILE: Record<string, string> = {
  'application/pdf': 'PDF',
  'image/jpeg': 'JPG',
  'image/png': 'PNG',
};

interface Chosen {
  file: File;
  key: string;
  /** The paper that it takes the place of. */
  instead?: string;
}

/** One paper that is asked for: what was received with its verdict, and the way to send it, to replace it, to try again. */
export function PaperLine({ rule, application }: { rule: EvidenceRule; application: Application }) {
  const { t, language } = useWords();
  const papers = application.evidence.filter((paper) => paper.kind === rule.kind);
  const problem = application.problems.find(({ field }) => field === `evidence/${rule.kind}`);
  const [instead, setInstead] = useState<string>();
  const sending = useSending(application.id, rule, papers.length >= rule.maxCount);
  const room = papers.length < rule.maxCount || instead !== undefined;
  const label = (
    <>
      {rule.name[language]} {!rule.required && <span className="quiet">· {t('field.optional')}</span>}
    </>
  );
  const hint = [
    rule.hint?.[language],
    t('papers.limits', {
      kinds: rule.types.map((type) => KIND_OF_FILE[type]).join(', '),
      size: Math.round(rule.maxBytes / MB),
    }),
  ]
    .filter(Boolean)
    .join(' · ');
  const reason = problem && (papers.length > 0 || problem.code !== 'missing') ? problem.reason[language] : undefined;
  return (
    <section className={styles.line} aria-label={rule.name[language]}>
      {papers.map((paper) => (
        <div key={paper.id} className={styles.received} data-wrong={reason ? true : undefined}>
          <span className={styles.sheet}>
            <Icon name="list" />
          </span>
          <span className={styles.about}>
            <strong>{rule.name[language]}</strong>
            <span className="small quiet">
              {[
                paper.fileName,
                KIND_OF_FILE[paper.type],
                paper.issuedOn && t('papers.dated', { date: formatDate(paper.issuedOn, language) }),
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
            {reason && <span className="small">{reason}</span>}
          </span>
          <StateWord tone={reason ? 'error' : 'ok'}>{reason ? t('papers.not-yet') : t('papers.received')}</StateWord>
          <Button kind="quiet" onClick={() => setInstead(instead === paper.id ? undefined : paper.id)}>
            {instead === paper.id ? t('papers.keep') : t('papers.replace')}
          </Button>
        </div>
      ))}
      {room && (
        <div className={ui.stack}>
          {rule.maxAgeDays !== undefined && (
            <Field
              label={t('papers.issued-on')}
              type="date"
              value={sending.issuedOn}
              error={sending.dateMissing ? t('papers.date-first') : undefined}
              onChange={(event) => sending.setIssuedOn(event.target.value)}
            />
          )}
          {sending.cropping ? (
            <PortraitCrop
              file={sending.cropping}
              onCancel={() => sending.crop(undefined)}
              onDone={(file) => sending.choose(file, instead, () => setInstead(undefined))}
            />
          ) : (
            <DropArea
              label={papers.length > 0 && instead === undefined ? t('papers.one-more') : label}
              hint={hint}
              accept={rule.types.join(',')}
              capture={rule.portrait ? 'user' : undefined}
              busy={sending.progress !== undefined}
              error={sending.chosen ? undefined : sending.refusal}
              onFiles={([file]) =>
                file &&
                (rule.portrait ? sending.crop(file) : sending.choose(file, instead, () => setInstead(undefined)))
              }
            />
          )}
          {rule.translation && (
            <CheckBox checked={sending.translation} onChange={(event) => sending.setTranslation(event.target.checked)}>
              {t('papers.translation')}
            </CheckBox>
          )}
          {sending.chosen && (
            <div className={styles.chosen} role="status" data-wrong={sending.refusal ? true : undefined}>
              <Icon name={sending.refusal ? 'warning' : 'upload'} />
              <span className={styles.about}>
                <strong>{sending.chosen.file.name}</strong>
                <span className="small">{sending.refusal ?? (sending.waiting ? t('papers.waits') : '')}</span>
                {sending.progress !== undefined && <Progress label={t('papers.sending')} value={sending.progress} />}
              </span>
              {sending.progress === undefined && (
                <Button kind="outline" onClick={sending.again}>
                  {t('app.again')}
                </Button>
              )}
            </div>
          )}
        </div>
      )}
    </section>
  );
}

/** Sends the chosen file; when the line is cut the file stays chosen and goes again as soon as the network is back. */
function useSending(applicationId: string, rule: EvidenceRule, full: boolean) {
  const { t, language } = useWords();
  const keep = useKept();
  const [chosen, setChosen] = useState<Chosen>();
  const [cropping, crop] = useState<File>();
  const [issuedOn, setIssuedOn] = useState('');
  const [translation, setTranslation] = useState(false);
  const [progress, setProgress] = useState<number>();
  const [refusal, setRefusal] = useState<string>();
  const [waiting, setWaiting] = useState(false);
  const done = useRef<() => void>(undefined);
  const dateNeeded = rule.maxAgeDays !== undefined;

  async function send(one: Chosen, date: string) {
    setProgress(0);
    setRefusal(undefined);
    setWaiting(false);
    try {
      const paper = {
        kind: rule.kind,
        file: one.file,
        key: one.key,
        ...(date && { issuedOn: date }),
        ...(rule.translation && { translation }),
      };
      // Where there is no room beside it the old paper goes first; else it stays until the new one is there.
      const replace = () => removeEvidence(applicationId, one.instead ?? '').catch(ignoreGone);
      if (one.instead && full) await replace();
      keep(await uploadEvidence(applicationId, paper, language, setProgress));
      if (one.instead && !full) await replace().then((after) => after && keep(after));
      setChosen(undefined);
      done.current?.();
    } catch (error) {
      if (error instanceof NoAnswer) setWaiting(true);
      else if (error instanceof ApiProblem) {
        setRefusal([error.problem.title, error.problem.errors?.[0]?.reason].filter(Boolean).join(' '));
        setChosen({ ...one, key: newId() });
      } else setRefusal(t('app.no-answer'));
    }
    setProgress(undefined);
  }
  function choose(file: File, instead: string | undefined, onDone: () => void) {
    const one = { file, key: newId(), ...(instead && { instead }) };
    done.current = onDone;
    crop(undefined);
    setChosen(one);
    if (!dateNeeded || issuedOn) void send(one, issuedOn);
  }
  const again = () => chosen && (!dateNeeded || issuedOn) && void send(chosen, issuedOn);
  const latest = useRef(again);
  latest.current = again;
  useEffect(() => {
    if (!waiting) return;
    const go = () => latest.current();
    window.addEventListener('online', go);
    return () => window.removeEventListener('online', go);
  }, [waiting]);
  return {
    chosen,
    choose,
    cropping,
    crop,
    issuedOn,
    /** The date that was missing lets the chosen file go. */
    setIssuedOn(date: string) {
      setIssuedOn(date);
      if (date && chosen && progress === undefined) void send(chosen, date);
    },
    dateMissing: chosen !== undefined && dateNeeded && !issuedOn,
    translation,
    setTranslation,
    progress,
    refusal,
    waiting,
    again,
  };
}

/** A paper that is gone already was taken away by a try that was cut. */
function ignoreGone(error: unknown): undefined {
  if (error instanceof ApiProblem && error.status === 404) return undefined;
  throw error;
}

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewApplication } from '#libs/contracts';
import { conditionHolds, countingAnswers, formatDate } from '#libs/kernel';
import { evidenceLink, reviewQuery, tick } from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { CheckBox } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { Button, ui } from '../../../ui/parts';
import styles from './panel.module.css';

const LINK_LIVES_MS = 50_000;

/** The portrait by a link that lives for a minute. */
export function Portrait({ application }: { application: ReviewApplication }) {
  const { t } = useWords();
  const kinds = application.evidenceRules.filter((rule) => rule.portrait).map((rule) => rule.kind);
  const paper = application.evidence.findLast(({ kind }) => kinds.includes(kind));
  const { data } = useQuery({
    queryKey: ['evidence-link', paper?.id],
    queryFn: () => evidenceLink(paper!.id),
    enabled: paper !== undefined,
    staleTime: LINK_LIVES_MS,
  });
  return (
    <div className={styles.portrait}>
      {data ? (
        <img src={data.url} alt={t('decide.portrait', { name: application.fields.name ?? '' })} />
      ) : (
        <Icon name="person" />
      )}
    </div>
  );
}

/** Papers beside the reviewer's checklist; what is ticked is kept and colleagues see it. */
export function PanelPapers({ application }: { application: ReviewApplication }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const [error, setError] = useState<Error>();
  const counting = countingAnswers(application.form, application.fields);
  const rules = application.evidenceRules.filter(
    (rule) => conditionHolds(rule.when, counting) || application.evidence.some((paper) => paper.kind === rule.kind),
  );
  const attempt = async (work: () => Promise<unknown>) => {
    setError(undefined);
    await work().catch(setError);
  };
  const ticked = (item: string, yes: boolean) =>
    void attempt(async () =>
      client.setQueryData(reviewQuery(application.id).queryKey, await tick(application.id, { [item]: yes })),
    );
  /** The tab is opened by the press itself, so that no browser holds it back. */
  const look = (paper: string) => {
    const tab = window.open('about:blank', '_blank');
    void attempt(async () => {
      const { url } = await evidenceLink(paper);
      if (tab) tab.location.href = url;
      else window.location.assign(url);
    });
  };
  return (
    <section aria-label={t('decide.papers')}>
      {error && <Trouble error={error} />}
      <ul className={styles.papers}>
        {rules.map((rule) => {
          const papers = application.evidence.filter((paper) => paper.kind === rule.kind);
          const missing = papers.length === 0;
          return (
            <li key={rule.kind}>
              <div className={styles.paperHead}>
                <strong>{rule.name[language]}</strong>
                {missing && (
                  <span className={rule.required ? styles.lacks : 'small quiet'}>
                    {rule.required ? t('decide.lacks') : t('decide.not-needed')}
                  </span>
                )}
              </div>
              {papers.map((paper) => (
                <div key={paper.id} className={styles.paper}>
                  <CheckBox
                    checked={application.checked[`${rule.kind}/${paper.id}`] ?? false}
                    onChange={(event) => ticked(`${rule.kind}/${paper.id}`, event.target.checked)}
                    hint={
                      paper.issuedOn ? t('decide.dated', { date: formatDate(paper.issuedOn, language) }) : undefined
                    }
                  >
                    {paper.fileName}
                  </CheckBox>
                  <Button
                    kind="quiet"
                    aria-label={t('decide.look', { name: paper.fileName })}
                    onClick={() => look(paper.id)}
                  >
                    <Icon name="eye" />
                  </Button>
                </div>
              ))}
              {!missing &&
                rule.checklist?.map((item) => (
                  <CheckBox
                    key={item.id}
                    checked={application.checked[`${rule.kind}/${item.id}`] ?? false}
                    onChange={(event) => ticked(`${rule.kind}/${item.id}`, event.target.checked)}
                  >
                    {item.text[language]}
                  </CheckBox>
                ))}
            </li>
          );
        })}
      </ul>
      {application.checklist.length > 0 && (
        <fieldset className={styles.checklist}>
          <legend className={ui.label}>{t('decide.checklist')}</legend>
          {application.checklist.map((item) => (
            <CheckBox
              key={item.id}
              checked={application.checked[item.id] ?? false}
              onChange={(event) => ticked(item.id, event.target.checked)}
            >
              {item.text[language]}
            </CheckBox>
          ))}
        </fieldset>
      )}
    </section>
  );
}

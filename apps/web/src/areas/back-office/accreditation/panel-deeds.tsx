import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ReviewApplication } from '#libs/contracts';
import { conditionHolds, countingAnswers } from '#libs/kernel';
import {
  approve,
  putOnWaitlist,
  reject,
  requestInformation,
  reviewQuery,
  startReview,
} from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { Trouble } from '../../../ui/data-table';
import { Select, TextArea } from '../../../ui/fields';
import { Icon, type IconName } from '../../../ui/icon';
import { Button, Notice } from '../../../ui/parts';
import styles from './panel.module.css';
import type { DeedName } from './use-queue-keys';

type Deed = DeedName | 'override';
const SIGN: Record<Deed, IconName> = {
  'request-information': 'mail',
  approve: 'check',
  override: 'plus',
  waitlist: 'list',
  reject: 'close',
};
const ORDER: DeedName[] = ['request-information', 'approve', 'waitlist', 'reject'];
const TEMPLATES: Record<Deed, string[]> = {
  'request-information': ['old-letter', 'unreadable', 'portrait'],
  approve: [],
  override: ['needed'],
  waitlist: ['full'],
  reject: ['no-work', 'outlet-full', 'not-answered'],
};

/** The deed at the foot: first what will be said and in which language, then the deed itself. */
export function PanelDeeds({
  application,
  asked,
  onDone,
}: {
  application: ReviewApplication;
  asked: { name: DeedName; nth: number } | undefined;
  onDone(): void;
}) {
  const { t } = useWords();
  const { person } = useSession();
  const [deed, setDeed] = useState<Deed>();
  const possible = (name: DeedName) =>
    application.allowed.includes(name) || (application.state === 'submitted' && application.allowed.includes('start'));
  const deeds = ORDER.filter(possible);
  const over =
    possible('approve') &&
    application.quotas.some((quota) => quota.whenFull === 'override' && quota.used >= quota.capacity);
  const handled = useRef(0);
  useEffect(() => {
    if (!asked || asked.nth === handled.current) return;
    handled.current = asked.nth;
    if (deeds.includes(asked.name)) setDeed(asked.name);
  }, [asked, deeds]);
  if (application.barred !== null && application.barred === person?.id) return <Notice>{t('decide.barred')}</Notice>;
  if (deeds.length === 0) return null;
  const label: Record<Deed, string> = {
    'request-information': t('decide.ask'),
    approve: t('decide.approve'),
    override: t('decide.override'),
    waitlist: t('decide.waitlist'),
    reject: t('decide.reject'),
  };
  return (
    <footer className={styles.deeds}>
      {deed ? (
        <Say
          key={deed}
          deed={deed}
          label={label[deed]}
          application={application}
          onClose={() => {
            setDeed(undefined);
            onDone();
          }}
        />
      ) : (
        <>
          <div className={styles.buttons}>
            {deeds.map((name) => (
              <Button
                key={name}
                kind={name === 'approve' ? 'primary' : 'outline'}
                aria-keyshortcuts={{ approve: 'a', 'request-information': 'r', waitlist: 'w', reject: 'n' }[name]}
                onClick={() => setDeed(name)}
              >
                <Icon name={SIGN[name]} /> {label[name]}
              </Button>
            ))}
            {over && (
              <Button kind="outline" onClick={() => setDeed('override')}>
                <Icon name="plus" /> {label.override}
              </Button>
            )}
          </div>
          <p className="small quiet">{t(`decide.letter-${application.language}`)}</p>
        </>
      )}
    </footer>
  );
}

function Say({
  deed,
  label,
  application,
  onClose,
}: {
  deed: Deed;
  label: string;
  application: ReviewApplication;
  onClose(): void;
}) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const counting = countingAnswers(application.form, application.fields);
  const rules = application.evidenceRules.filter((rule) => conditionHolds(rule.when, counting));
  const lacking = rules.find(
    (rule) => rule.required && !application.evidence.some((paper) => paper.kind === rule.kind),
  );
  const [words, setWords] = useState('');
  const [kind, setKind] = useState(lacking?.kind ?? '');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector<HTMLElement>('textarea, button')?.focus(), []);
  const needed = deed !== 'approve';
  const run = useMutation({
    mutationFn: async () => {
      const started = application.state === 'submitted' ? await startReview(application) : application;
      const said = words.trim();
      if (deed === 'approve') return approve(started, said ? { reason: said } : {});
      if (deed === 'override') return approve(started, { reason: said, override: true });
      if (deed === 'waitlist') return putOnWaitlist(started, said);
      if (deed === 'reject') return reject(started, said);
      return requestInformation(started, { message: said, ...(kind && { kind }) });
    },
    onSuccess: (after) => {
      client.setQueryData(reviewQuery(application.id).queryKey, after);
      onClose();
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['review'] }),
        client.invalidateQueries({ queryKey: reviewQuery(application.id).queryKey }),
      ]),
  });
  // Templates are in the language of the letter, whatever the officer reads.
  const templates = TEMPLATES[deed].map((name) => ({ name, text: t(`reason.${name}-${application.language}`) }));
  return (
    <div ref={box} className={styles.say}>
      <h3>{label}</h3>
      {needed && (
        <>
          <Select
            label={t('decide.template')}
            value=""
            onChange={(event) => event.target.value && setWords(event.target.value)}
          >
            <option value="">{t('decide.own-words')}</option>
            {templates.map((template) => (
              <option key={template.name} value={template.text}>
                {t(`reason.${template.name}`)}
              </option>
            ))}
          </Select>
          {deed === 'request-information' && (
            <Select label={t('decide.which-paper')} value={kind} onChange={(event) => setKind(event.target.value)}>
              <option value="">{t('decide.no-paper')}</option>
              {rules.map((rule) => (
                <option key={rule.kind} value={rule.kind}>
                  {rule.name[language]}
                </option>
              ))}
            </Select>
          )}
          <TextArea
            label={t('decide.words')}
            value={words}
            rows={4}
            maxLength={1000}
            onChange={(event) => setWords(event.target.value)}
          />
        </>
      )}
      <p className="small quiet">
        {t(`decide.letter-${application.language}`)} {deed === 'request-information' && t('decide.clock-stops')}
      </p>
      {run.error && <Trouble error={run.error} />}
      <div className={styles.buttons}>
        <Button
          busy={run.isPending}
          aria-disabled={(needed && words.trim() === '') || undefined}
          onClick={() => run.mutate()}
        >
          <Icon name={SIGN[deed]} /> {label}
        </Button>
        <Button kind="outline" onClick={onClose}>
          {t('ui.leave-it')}
        </Button>
      </div>
    </div>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { ZReport } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { signShift, zReportQuery } from '../../api/counter-shifts.api';
import { useWords } from '../../i18n';
import { useSession } from '../../session/use-session';
import { Trouble } from '../../ui/data-table';
import { TextArea } from '../../ui/fields';
import { Button, buttonClass, Notice, StateWord, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import styles from './counter.module.css';
import { FiguresList } from './figures-list';
import { useKeys } from './keys';
import { useNames, useTold } from './told';

/** The report of a closed shift: what should have been there, what was, and who signs for it. */
export function ZReportPage() {
  const { t } = useWords();
  const { dayTime } = useTold();
  const { shiftId = '' } = useParams();
  const { may } = useSession();
  useKeys('elsewhere', () => undefined);
  const { data: report, error, refetch } = useQuery(zReportQuery(shiftId));
  const nameOf = useNames([report?.clerk, report?.signed?.by]);
  useTitle(report && t('counter.z-title', { number: report.number }));
  if (error && !report)
    return (
      <div className={ui.page}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!report) return <Waiting label={t('app.loading')} />;
  const { cash } = report.figures;
  const missing = report.difference.amount < 0;
  return (
    <div className={styles.page}>
      <header className={styles.pageHead}>
        <div>
          <h1>{t('counter.z-title', { number: report.number })}</h1>
          <p className="quiet">
            {t('counter.till', { till: report.till })} · {nameOf(report.clerk)} · {dayTime(report.openedAt)} –{' '}
            {dayTime(report.closedAt)}
          </p>
        </div>
        <div className={styles.row}>
          <Button kind="outline" onClick={() => window.print()}>
            {t('counter.print-report')}
          </Button>
          <Link className={buttonClass('outline')} to="/counter">
            {t('counter.to-counter')}
          </Link>
        </div>
      </header>
      <div className={styles.two}>
        <section className={ui.stack} aria-labelledby="drawer">
          <h2 id="drawer">{t('counter.drawer')}</h2>
          <dl className={styles.difference} data-tone={report.difference.amount === 0 ? 'ok' : 'warning'}>
            <div>
              <dt>{t('counter.expected')}</dt>
              <dd className="tabular">{cash ? formatMoney(cash.expected) : '–'}</dd>
            </div>
            <div>
              <dt>{t('counter.counted')}</dt>
              <dd className="tabular">{formatMoney(report.counted)}</dd>
            </div>
            <div className={styles.differenceSum}>
              <dt>
                {report.difference.amount === 0
                  ? t('counter.no-difference')
                  : missing
                    ? t('counter.missing')
                    : t('counter.too-much')}
              </dt>
              <dd className="tabular">{formatMoney(report.difference)}</dd>
            </div>
          </dl>
          {report.signed ? (
            <>
              <StateWord tone="ok">
                {t('counter.signed', { who: nameOf(report.signed.by), when: dayTime(report.signed.at) })}
              </StateWord>
              {report.signed.note && <p>{report.signed.note}</p>}
            </>
          ) : may('house-manager') || may('finance') ? (
            <SignForm report={report} />
          ) : (
            <Notice tone="warning" title={t('counter.not-signed')} />
          )}
        </section>
        <section className={ui.stack} aria-labelledby="figures">
          <h2 id="figures">{t('counter.z-figures')}</h2>
          <FiguresList figures={report.figures} />
        </section>
      </div>
    </div>
  );
}

function SignForm({ report }: { report: ZReport }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const sign = useMutation({
    mutationFn: () => signShift(report.shiftId, { note: note.trim() }),
    onSuccess: (after) => {
      client.setQueryData(zReportQuery(report.shiftId).queryKey, after);
      void client.invalidateQueries({ queryKey: ['counter', 'shifts'] });
    },
  });
  return (
    <form
      className={ui.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (!sign.isPending) sign.mutate();
      }}
    >
      <TextArea
        label={t('counter.sign-note')}
        hint={t('counter.sign-hint')}
        value={note}
        maxLength={300}
        onChange={(event) => setNote(event.target.value)}
      />
      {sign.error && <Trouble error={sign.error} />}
      <Button type="submit" busy={sign.isPending}>
        {sign.isPending ? t('ui.sending') : t('counter.sign')}
      </Button>
    </form>
  );
}

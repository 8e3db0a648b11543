import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { MoveCash, Shift } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { closeShift, moveCash, myShiftQuery, xReportQuery, zReportQuery } from '../../api/counter-shifts.api';
import { useSureDeed } from '../../api/sure-deed';
import { useWords } from '../../i18n';
import { Segmented } from '../../ui/choices';
import { Trouble } from '../../ui/data-table';
import { CheckBox } from '../../ui/fields';
import { Button, Field, Notice, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { type Counts, countedSum, typedTenge } from './cash.rules';
import styles from './counter.module.css';
import { CounterButton } from './counter-button';
import { Denominations } from './denominations';
import { FiguresList } from './figures-list';
import { useKeptSale } from './kept-sale';
import { useKeys } from './keys';
import { useTold } from './told';

/** The drawer: what went in and out, how the shift stands, and its end. */
export function ShiftPage({ shift }: { shift: Shift }) {
  const { t } = useWords();
  const { time } = useTold();
  useTitle(t('counter.shift'));
  useKeys('elsewhere', () => undefined);
  const [closing, setClosing] = useState(false);
  if (closing) return <CloseShift shift={shift} onBack={() => setClosing(false)} />;
  return (
    <div className={styles.page}>
      <header className={styles.pageHead}>
        <h1>{t('counter.shift')}</h1>
        <CounterButton look="strong" icon="lock" onClick={() => setClosing(true)}>
          {t('counter.close-shift')}
        </CounterButton>
      </header>
      <div className={styles.two}>
        <section className={ui.stack} aria-labelledby="drawer">
          <h2 id="drawer">{t('counter.drawer')}</h2>
          <MoveForm shift={shift} />
          <ul className={styles.rows}>
            {shift.movements.toReversed().map((one) => (
              <li key={one.id}>
                <span className="tabular quiet">{time(one.at)}</span>
                <span>
                  <strong>{t(`counter.move-${one.kind}`)}</strong>
                  {one.reason && <span className="small quiet"> {one.reason}</span>}
                  {one.orderNumber && <span className="small quiet"> {one.orderNumber}</span>}
                </span>
                <span className="tabular">{one.amount ? formatMoney(one.amount) : t('counter.after-count')}</span>
              </li>
            ))}
          </ul>
        </section>
        <XReportView shift={shift} />
      </div>
    </div>
  );
}

function XReportView({ shift }: { shift: Shift }) {
  const { t } = useWords();
  const { time } = useTold();
  const { data, error, refetch, isFetching } = useQuery(xReportQuery(shift.id));
  return (
    <section className={ui.stack} aria-labelledby="x">
      <h2 id="x">{t('counter.x-report')}</h2>
      {error && !data && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Waiting label={t('app.loading')} />}
      {data && (
        <>
          <p className="small quiet">{t('counter.x-at', { time: time(data.at) })}</p>
          <FiguresList figures={data.figures} />
          {!data.figures.cash && <p className="small quiet">{t('counter.blind')}</p>}
          <Button kind="outline" busy={isFetching} onClick={() => void refetch()}>
            {t('counter.x-again')}
          </Button>
        </>
      )}
    </section>
  );
}

function MoveForm({ shift }: { shift: Shift }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [kind, setKind] = useState<MoveCash['kind']>('pay-in');
  const [sum, setSum] = useState('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const surely = useSureDeed<Shift>();
  const amount = typedTenge(sum);
  const wrong = !amount;
  const vague = reason.trim().length < 3;
  const move = useMutation({
    mutationFn: () => surely((key) => moveCash(shift.id, { kind, amount: amount ?? 0, reason: reason.trim() }, key)),
    onSuccess: (after) => {
      client.setQueryData(myShiftQuery(shift.editionId).queryKey, after);
      void client.invalidateQueries({ queryKey: xReportQuery(shift.id).queryKey });
      setSum('');
      setReason('');
      setTried(false);
    },
  });
  return (
    <form
      className={styles.move}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!wrong && !vague && !move.isPending) move.mutate();
      }}
    >
      <Segmented
        label={t('counter.move-kind')}
        options={[
          { value: 'pay-in', label: t('counter.pay-in'), icon: 'plus' },
          { value: 'pay-out', label: t('counter.pay-out'), icon: 'minus' },
        ]}
        value={kind}
        onChoose={setKind}
      />
      <Field
        label={t('counter.sum')}
        inputMode="numeric"
        autoComplete="off"
        value={sum}
        onChange={(event) => setSum(event.target.value)}
        {...(tried && wrong && { error: t('counter.sum-wrong') })}
      />
      <Field
        label={t('counter.reason')}
        value={reason}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => setReason(event.target.value)}
        {...(tried && vague && { error: t('counter.reason-short') })}
      />
      {move.error && <Trouble error={move.error} />}
      <Button type="submit" kind="outline" busy={move.isPending}>
        {move.isPending ? t('ui.sending') : t('counter.write-down')}
      </Button>
    </form>
  );
}

/** The end: the drawer is counted before anybody is told what should be in it. */
function CloseShift({ shift, onBack }: { shift: Shift; onBack(): void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [counts, setCounts] = useState<Counts>({});
  const [withUnresolved, setWithUnresolved] = useState(false);
  const busySale = useKeptSale(shift.id)?.sent !== undefined;
  const counted = countedSum(counts);
  const close = useMutation({
    mutationFn: async () => {
      const denominations = Object.fromEntries(Object.entries(counts).filter(([, n]) => n));
      return closeShift(shift.id, { counted, denominations, ...(withUnresolved && { withUnresolved }) });
    },
    onSuccess: async (report) => {
      client.setQueryData(zReportQuery(shift.id).queryKey, report);
      await navigate(`/counter/shifts/${shift.id}`);
      await client.invalidateQueries({ queryKey: ['counter'] });
    },
  });
  const refused = close.error instanceof ApiProblem ? close.error.code : '';
  const leased = refused === 'leases-run';
  return (
    <form
      className={styles.page}
      onSubmit={(event) => {
        event.preventDefault();
        if (!close.isPending) close.mutate();
      }}
    >
      <header className={styles.pageHead}>
        <h1>{t('counter.close-shift')}</h1>
        <Button kind="quiet" onClick={onBack}>
          {t('counter.back-to-shift')}
        </Button>
      </header>
      <Notice>{t('counter.blind-lead')}</Notice>
      {busySale && <Notice tone="warning" title={t('counter.sale-under-way')} />}
      <Denominations legend={t('counter.count-drawer')} counts={counts} onChange={setCounts} />
      {close.error && <Trouble error={close.error} />}
      {(leased || refused.includes('unresolved')) && (
        <CheckBox checked={withUnresolved} onChange={(event) => setWithUnresolved(event.target.checked)}>
          {leased ? t('lease.close-anyway') : t('counter.close-anyway')}
        </CheckBox>
      )}
      <CounterButton type="submit" look="main" icon="lock" busy={close.isPending}>
        {close.isPending
          ? t('counter.closing')
          : t('counter.close-with', { sum: formatMoney({ amount: counted, currency: shift.openingFloat.currency }) })}
      </CounterButton>
    </form>
  );
}

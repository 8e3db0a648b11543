import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Shift, WaitsUnderPhone } from '#libs/contracts';
import { formatShortDayTime } from '#libs/kernel';
import { askByPhone } from '../../api/counter-sales.api';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { Empty, Field, Notice, StateWord, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { Cap } from './cap';
import styles from './counter.module.css';
import { CounterButton } from './counter-button';
import { useKeptSale } from './kept-sale';
import { useKeys } from './keys';
import { useSellKept } from './use-sell-kept';
import own from './will-call.module.css';

const DIGITS = 4;

/** Whoever comes for tickets and remembers nothing says the end of their phone; the answer names films, never people. */
export function WillCallPage({ shift, zone }: { shift: Shift; zone: string }) {
  const { t } = useWords();
  useTitle(t('counter.will-call'));
  const navigate = useNavigate();
  const busySale = useKeptSale(shift.id) !== undefined;
  const field = useRef<HTMLInputElement>(null);
  const [digits, setDigits] = useState('');
  const sell = useSellKept(shift.id);
  const asked = useMutation({ mutationFn: (of: string) => askByPhone(shift.id, of) });
  function type(text: string) {
    const next = text.replaceAll(/\D/g, '').slice(0, DIGITS);
    setDigits(next);
    if (asked.data || asked.error) asked.reset();
    if (next.length < DIGITS) return;
    asked.mutate(next);
    // The figures after it choose what was found.
    field.current?.blur();
  }
  function handOut(one: WaitsUnderPhone | undefined) {
    if (!one) return;
    if (one.kind === 'order') void navigate(`/counter/orders/${one.id}`);
    else if (!busySale && !sell.isPending) sell.mutate({ id: one.id, buyer: {} });
  }
  const { data } = asked;
  useKeys('will-call', (deed) => {
    if (deed.do === 'search') field.current?.select();
    else if (deed.do === 'hand-out') handOut(data?.found[deed.n]);
  });
  return (
    <div className={styles.page}>
      <h1>{t('counter.will-call')}</h1>
      <form
        className={own.ask}
        onSubmit={(event) => {
          event.preventDefault();
          if (digits.length === DIGITS && !asked.isPending) type(digits);
        }}
      >
        <Field
          ref={field}
          label={
            <>
              {t('counter.last-digits')} <Cap>/</Cap>
            </>
          }
          hint={t('counter.last-digits-hint')}
          value={digits}
          inputMode="numeric"
          autoComplete="off"
          autoFocus
          placeholder="0000"
          onFocus={(event) => event.target.select()}
          onChange={(event) => type(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        />
      </form>
      <div role="status">
        {asked.isPending && <Waiting label={t('app.loading')} />}
        {data?.answer === 'none' && <Empty title={t('counter.nothing-waits')}>{t('counter.nothing-waits-how')}</Empty>}
        {data?.answer === 'too-many' && (
          <Notice tone="warning" title={t('counter.too-many-wait')}>
            {t('counter.too-many-wait-how')}
          </Notice>
        )}
        {data?.answer === 'found' && <p className="quiet">{t('counter.ask-which')}</p>}
      </div>
      {asked.error && <Trouble error={asked.error} />}
      {busySale && data?.found.some(({ kind }) => kind === 'reservation') && (
        <Notice tone="warning" title={t('counter.sale-under-way')} />
      )}
      {sell.error && <Trouble error={sell.error} />}
      <ol className={own.found}>
        {data?.found.map((one, n) => (
          <Waits
            key={one.id}
            one={one}
            cap={String(n + 1)}
            zone={zone}
            busy={one.kind === 'reservation' && (busySale || sell.isPending)}
            onOut={() => handOut(one)}
          />
        ))}
      </ol>
    </div>
  );
}

interface WaitsProps {
  one: WaitsUnderPhone;
  cap: string;
  zone: string;
  busy: boolean;
  onOut(): void;
}

/** One thing that waits: paid and to be printed, or kept and to be paid. */
function Waits({ one, cap, zone, busy, onOut }: WaitsProps) {
  const { t, language, count } = useWords();
  const paid = one.kind === 'order';
  return (
    <li>
      <div className={own.what}>
        <strong className={own.film}>{one.title[language]}</strong>
        <span className="tabular">
          {formatShortDayTime(new Date(one.startsAt), zone, language)} · {count('counter.seats-n', one.seats)}
        </span>
        {one.number && <span className="small quiet">{t('counter.order', { number: one.number })}</span>}
      </div>
      <StateWord tone={!paid ? 'warning' : one.unprinted > 0 ? 'info' : 'ok'}>
        {!paid ? t('counter.waits-unpaid') : one.unprinted > 0 ? t('counter.waits-paid') : t('counter.waits-printed')}
      </StateWord>
      <CounterButton look="strong" icon={paid ? 'print' : 'money'} cap={cap} busy={busy} onClick={onOut}>
        {!paid
          ? count('counter.sell-n', one.seats)
          : one.unprinted > 0
            ? count('counter.hand-out-n', one.unprinted)
            : t('counter.open-order')}
      </CounterButton>
    </li>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Order, ReturnTerms } from '#libs/contracts';
import { formatMoney, formatShortDayTime, sumMoney } from '#libs/kernel';
import { ApiProblem } from '../../api/client';
import { type OrderRef, orderQuery, returnTermsQuery, returnTickets } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { ConfirmDialog } from '../../ui/overlays';
import { Button, Notice, ui } from '../../ui/parts';
import { basket } from './basket';
import { exchange } from './exchange';

type Term = ReturnTerms['lines'][number];

/** Giving tickets back or exchanging them: the terms of each stand beside it before anything is pressed. */
export function OrderChanges({ order, orderKey }: { order: Order; orderKey: string | null }) {
  const { t } = useWords();
  const ref: OrderRef = { id: order.id, key: orderKey };
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: terms } = useQuery(returnTermsQuery(ref));
  const [chosen, setChosen] = useState<number[]>([]);
  const [asking, setAsking] = useState(false);
  const lines = order.lines.filter((line) => !line.endedAs);
  const termOf = new Map(terms?.lines.map((term) => [term.line, term]));
  const picked = chosen.flatMap((line) => termOf.get(line) ?? []);
  const refund = sumMoney(picked.map((term) => term.refund));
  const giveBack = useMutation({
    mutationFn: () =>
      returnTickets(ref, { lines: chosen, expectedFee: sumMoney(picked.map((term) => term.fee)).amount }),
    onSuccess: (now) => {
      setChosen([]);
      client.setQueryData(orderQuery(order.id, orderKey).queryKey, now);
    },
    onSettled: () => {
      setAsking(false);
      return client.invalidateQueries({ queryKey: returnTermsQuery(ref).queryKey });
    },
  });
  if (!terms || lines.length === 0) return null;
  const changeable = lines.filter((line) => termOf.get(line.line)?.allowed || termOf.get(line.line)?.exchangeUntil);
  function begin() {
    basket.clear();
    exchange.begin({ ...ref, lines: chosen });
    void navigate(`/orders/${order.id}/exchange`);
  }
  return (
    <section className={ui.stack} aria-labelledby="changes">
      <h2 id="changes">{t('change.title')}</h2>
      {giveBack.error && (
        <Notice tone="error">
          {giveBack.error instanceof ApiProblem ? giveBack.error.problem.title : t('app.no-answer')}
        </Notice>
      )}
      {changeable.length === 0 && <p className="quiet">{t('change.over')}</p>}
      <fieldset>
        <legend className="visually-hidden">{t('change.choose')}</legend>
        {lines.map((line) => (
          <Line
            key={line.line}
            line={line}
            term={termOf.get(line.line)}
            chosen={chosen.includes(line.line)}
            onChoose={(on) => setChosen(on ? [...chosen, line.line] : chosen.filter((other) => other !== line.line))}
          />
        ))}
      </fieldset>
      {chosen.length > 0 && (
        <div className={ui.stack}>
          {picked.every((term) => term.exchangeUntil) && <Button onClick={begin}>{t('change.exchange')}</Button>}
          {picked.every((term) => term.allowed) && (
            <Button kind="outline" onClick={() => setAsking(true)}>
              {t('change.return', { sum: formatMoney(refund) })}
            </Button>
          )}
        </div>
      )}
      <ConfirmDialog
        open={asking}
        title={t('change.return-sure')}
        verb={t('change.return', { sum: formatMoney(refund) })}
        busy={giveBack.isPending}
        onConfirm={() => giveBack.mutate()}
        onClose={() => setAsking(false)}
      >
        <p>{t('change.return-detail', { sum: formatMoney(refund) })}</p>
      </ConfirmDialog>
    </section>
  );
}

interface LineProps {
  line: Order['lines'][number];
  term: Term | undefined;
  chosen: boolean;
  onChoose(on: boolean): void;
}

function Line({ line, term, chosen, onChoose }: LineProps) {
  const { t, language } = useWords();
  const may = term !== undefined && (term.allowed || term.exchangeUntil !== null);
  return (
    <label className={ui.check}>
      <input type="checkbox" checked={chosen} disabled={!may} onChange={(event) => onChoose(event.target.checked)} />
      <span>
        {line.title[language]} · {t('map.row', { row: line.row })}, {t('map.seat', { seat: line.seat })}
        <br />
        <span className="small quiet">{term && <Terms term={term} timezone={line.timezone} />}</span>
      </span>
    </label>
  );
}

function Terms({ term, timezone }: { term: Term; timezone: string }) {
  const { t, language } = useWords();
  if (!term.allowed) return term.why ? t(`change-why.${term.why}`) : null;
  const words = {
    refund: formatMoney(term.refund),
    fee: formatMoney(term.fee),
    time: term.until ? formatShortDayTime(new Date(term.until), timezone, language) : '',
  };
  if (term.refund.amount + term.fee.amount === 0) return t('change.terms-free', words);
  return term.fee.amount === 0 ? t('change.terms-whole', words) : t('change.terms', words);
}

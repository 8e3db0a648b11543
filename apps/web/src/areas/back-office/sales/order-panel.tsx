import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrderAtDesk } from '#libs/contracts';
import { formatMoney, formatShortDayTime, minorUnits } from '#libs/kernel';
import { peopleNamedQuery } from '../../../api/house.api';
import { deskOrderQuery, returnAtDesk } from '../../../api/sales-office.api';
import { useWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { Trouble } from '../../../ui/data-table';
import { TextArea } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { Button, Dialog, Field, Notice, StateWord, ui, Waiting } from '../../../ui/parts';
import { useEdition } from '../use-edition';
import { Letters, Notes } from './order-notes';
import styles from './sales.module.css';

const TONE = { paid: 'ok', 'awaiting-payment': 'warning', expiring: 'warning', 'refund-due': 'warning' } as const;

/** One order as staff handle it: what was bought, what was paid, what was said; give back, write a note, send again. */
export function OrderPanel({ id }: { id: string }) {
  const { t } = useWords();
  const { data: order, error, refetch } = useQuery(deskOrderQuery(id));
  const { data: people } = useQuery(peopleNamedQuery(order ? [order.personId] : []));
  if (error && !order) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!order) return <Waiting label={t('app.loading')} />;
  const buyer = people?.people[0];
  return (
    <>
      <header className={ui.stack}>
        <span className="quiet small">{order.number}</span>
        <h2>{buyer?.name || buyer?.email || t('sales.no-name')}</h2>
        {buyer?.name && <span>{buyer.email}</span>}
        <span>
          <StateWord tone={order.state in TONE ? TONE[order.state as keyof typeof TONE] : 'info'}>
            {t(`sales.order-${order.state}`)}
          </StateWord>
        </span>
      </header>
      <Bought order={order} />
      <Money order={order} />
      <Letters order={order} />
      <Notes order={order} />
    </>
  );
}

function Bought({ order }: { order: OrderAtDesk }) {
  const { t, count, language } = useWords();
  const { zone } = useEdition();
  const { may } = useSession();
  const [chosen, setChosen] = useState<number[]>([]);
  const [asking, setAsking] = useState(false);
  const returnable = may('box-office') || may('finance') ? order.lines.filter((line) => line.fee !== null) : [];
  const flip = (line: number) =>
    setChosen((now) => (now.includes(line) ? now.filter((one) => one !== line) : [...now, line]));
  return (
    <section className={ui.stack} aria-label={t('sales.bought')}>
      <ul className={styles.lines}>
        {order.lines.map((line) => {
          const seat = t('sales.seat', { row: line.row, seat: line.seat });
          return (
            <li key={line.line}>
              {returnable.includes(line) ? (
                <input
                  type="checkbox"
                  aria-label={t('sales.give-back', { seat })}
                  checked={chosen.includes(line.line)}
                  onChange={() => flip(line.line)}
                />
              ) : (
                <Icon name="seat" />
              )}
              <span>
                <strong>{line.title[language]}</strong>
                <span className={styles.reasons}>
                  <br />
                  {formatShortDayTime(new Date(line.startsAt), zone, language)} · {seat}
                  {line.shortCode && ` · ${line.shortCode}`}
                  {line.ticket && line.ticket !== 'live' && ` · ${t(`sales.ticket-${line.ticket}`)}`}
                  {line.entered && ` · ${t('sales.entered')}`}
                </span>
              </span>
              <span className="tabular">{formatMoney(line.price)}</span>
            </li>
          );
        })}
        {order.items.map((item) => (
          <li key={`${item.kind} ${item.name[language]}`}>
            <Icon name="plus" />
            <span>{item.name[language]}</span>
            <span className="tabular">{formatMoney(item.price)}</span>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{t('sales.total')}</span>
        <span className="tabular">{formatMoney(order.total)}</span>
      </p>
      {returnable.length > 0 && (
        <Button kind="outline" aria-disabled={chosen.length === 0} onClick={() => setAsking(true)}>
          {chosen.length === 0 ? t('sales.choose-to-return') : count('sales.return-n', chosen.length)}
        </Button>
      )}
      <ReturnDialog
        key={String(asking)}
        order={order}
        lines={asking ? chosen : []}
        onClose={(done) => {
          setAsking(false);
          if (done) setChosen([]);
        }}
      />
    </section>
  );
}

/** What goes back, what stays, and why; the sum stands on the button. */
function ReturnDialog({
  order,
  lines,
  onClose,
}: {
  order: OrderAtDesk;
  lines: number[];
  onClose(done: boolean): void;
}) {
  const { t, count } = useWords();
  const client = useQueryClient();
  const chosen = order.lines.filter((line) => lines.includes(line.line));
  const worth = chosen.reduce((sum, line) => sum + line.price.amount, 0);
  const usual = chosen.reduce((sum, line) => sum + (line.fee?.amount ?? 0), 0);
  const late = chosen.some((line) => line.why);
  const [kept, setKept] = useState(String(usual / 100));
  const [reason, setReason] = useState('');
  const keptFee = minorUnits(kept.replace(',', '.').replaceAll(/\s/g, '') || '0');
  const valid = keptFee !== undefined && keptFee >= 0 && keptFee <= worth;
  const back = useMutation({
    mutationFn: () => returnAtDesk(order.id, { lines, keptFee: keptFee ?? 0, reason: reason.trim() }),
    onSuccess: (after) => {
      client.setQueryData(deskOrderQuery(order.id).queryKey, after);
      void client.invalidateQueries({ queryKey: ['desk-orders'] });
      onClose(true);
    },
  });
  const money = (amount: number) => formatMoney({ amount, currency: order.total.currency });
  return (
    <Dialog open={lines.length > 0} label={t('sales.return-title')} onClose={() => onClose(false)}>
      <form
        className={ui.stack}
        onSubmit={(event) => {
          event.preventDefault();
          if (valid && reason.trim().length >= 3) back.mutate();
        }}
      >
        <h2>{t('sales.return-title')}</h2>
        <p>{count('sales.return-lead', chosen.length, { sum: money(worth) })}</p>
        {late && <Notice tone="warning" title={t('sales.return-late')} />}
        <Field
          label={t('sales.kept-fee')}
          hint={t('sales.kept-fee-hint', { sum: money(usual) })}
          inputMode="decimal"
          value={kept}
          onChange={(event) => setKept(event.target.value)}
          error={valid ? undefined : t('sales.kept-fee-wrong', { sum: money(worth) })}
        />
        <TextArea
          label={t('sales.reason')}
          hint={t('sales.reason-hint')}
          value={reason}
          maxLength={300}
          required
          minLength={3}
          onChange={(event) => setReason(event.target.value)}
        />
        {back.error && <Trouble error={back.error} />}
        <Button type="submit" busy={back.isPending}>
          {back.isPending ? t('sales.returning') : t('sales.return-sum', { sum: money(worth - (keptFee ?? 0)) })}
        </Button>
      </form>
    </Dialog>
  );
}

function Money({ order }: { order: OrderAtDesk }) {
  const { t, language } = useWords();
  const { zone } = useEdition();
  const when = (instant: string) => formatShortDayTime(new Date(instant), zone, language);
  return (
    <dl className={styles.facts}>
      <dt>{t('sales.made')}</dt>
      <dd>
        {when(order.madeAt)} · {t(`sales.channel-${order.channel}`)}
      </dd>
      {order.payments.map((payment) => (
        <div key={payment.id} className={styles.contents}>
          <dt>{payment.provider}</dt>
          <dd>
            {t(`sales.payment-${payment.state}`)} · {formatMoney(payment.captured)}
          </dd>
        </div>
      ))}
      {order.refunds.map((refund) => (
        <div key={`${refund.madeAt} ${refund.amount.amount}`} className={styles.contents}>
          <dt>{t('sales.refund')}</dt>
          <dd>
            {formatMoney(refund.amount)} · {t(`sales.refund-${refund.state}`)} · {when(refund.madeAt)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Application } from '#libs/contracts';
import { formatDate, formatMoney, newId, venueDate, venueTime } from '#libs/kernel';
import { acceptOffer, appeal, myApplicationsQuery } from '../../api/accreditations.api';
import { ApiProblem } from '../../api/client';
import { orderFee } from '../../api/tickets.api';
import { startPayment } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { Button, Field, Notice } from '../../ui/parts';

const ZONE = 'Asia/Almaty';
const TERMS_VERSION = '2019-09';

/** What its applicant may do where the application waits for a yes, for money, or may be looked at again. */
export function Deeds({ application }: { application: Application }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const [words, setWords] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const when = (instant: string) => {
    const at = new Date(instant);
    return `${formatDate(venueDate(at, ZONE), language)}, ${venueTime(at, ZONE)}`;
  };
  async function attempt(work: () => Promise<unknown>) {
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.title : t('app.no-answer'));
    }
    await client.invalidateQueries({ queryKey: myApplicationsQuery.queryKey });
    setBusy(false);
  }
  /** Each press is a try of its own: whoever comes back from the payment page may need another page. */
  async function pay() {
    const order = await orderFee(application.id, { language, version: TERMS_VERSION }, newId()).catch((error) => {
      const open = error instanceof ApiProblem && error.code === 'fee-order-open' && error.problem.facts?.orderId;
      if (typeof open !== 'string') throw error;
      return { id: open, key: '' };
    });
    const page = await startPayment({ id: order.id, key: order.key }, newId());
    window.location.assign(page.redirectUrl);
  }
  const complaint = problem && <Notice tone="error">{problem}</Notice>;
  if (application.state === 'offered' && application.dueAt)
    return (
      <>
        <Notice tone="warning">{t('accreditation.offer-until', { date: when(application.dueAt) })}</Notice>
        {complaint}
        <div>
          <Button busy={busy} onClick={() => void attempt(() => acceptOffer(application))}>
            {t('accreditation.accept')}
          </Button>
        </div>
      </>
    );
  if (application.state === 'awaiting-payment' && application.fee && application.dueAt)
    return (
      <>
        <Notice tone="warning">
          {t('accreditation.fee-until', {
            sum: formatMoney(application.fee),
            date: when(application.dueAt),
          })}
        </Notice>
        {complaint}
        <div>
          <Button busy={busy} onClick={() => void attempt(pay)}>
            {t('accreditation.pay')}
          </Button>
        </div>
      </>
    );
  if (application.appealUntil && application.allowed.includes('appeal'))
    return (
      <>
        <p className="small">{t('accreditation.appeal-until', { date: when(application.appealUntil) })}</p>
        <Field
          label={t('accreditation.appeal-words')}
          value={words}
          maxLength={2000}
          onChange={(event) => setWords(event.target.value)}
        />
        {complaint}
        <div>
          <Button
            kind="outline"
            busy={busy || words.trim() === ''}
            onClick={() => void attempt(() => appeal(application, words.trim()))}
          >
            {t('accreditation.appeal')}
          </Button>
        </div>
      </>
    );
  return null;
}

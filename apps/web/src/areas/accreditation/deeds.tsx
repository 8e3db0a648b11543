import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { Application } from '#libs/contracts';
import { formatDate, formatMoney, newId, venueDate, venueTime } from '#libs/kernel';
import {
  acceptOffer,
  answerRequest,
  appeal,
  myApplicationsQuery,
  withdraw,
} from '../../api/accreditations-applicant.api';
import { ApiProblem } from '../../api/client';
import { orderFee } from '../../api/tickets.api';
import { startPayment } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { TextArea } from '../../ui/fields';
import { ConfirmDialog } from '../../ui/overlays';
import { Button, buttonClass, Notice, ui } from '../../ui/parts';
import styles from './accreditation.module.css';

const ZONE = 'Asia/Almaty';
const TERMS_VERSION = '2019-09';

/** What its applicant may do now: answer, take an offer, pay, appeal, change, withdraw. */
export function Deeds({ application }: { application: Application }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [words, setWords] = useState('');
  const [leaving, setLeaving] = useState(false);
  const deed = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => client.invalidateQueries({ queryKey: myApplicationsQuery.queryKey }),
  });
  const when = (instant: string) => {
    const at = new Date(instant);
    return `${formatDate(venueDate(at, ZONE), language)}, ${venueTime(at, ZONE)}`;
  };
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
  const may = (command: string) => application.allowed.includes(command);
  const form = `/accreditation/applications/${application.id}/form`;
  return (
    <section className={ui.stack} aria-label={t('status.deeds')}>
      {application.state === 'offered' && application.dueAt && (
        <>
          <Notice tone="warning">{t('accreditation.offer-until', { date: when(application.dueAt) })}</Notice>
          <div>
            <Button busy={deed.isPending} onClick={() => deed.mutate(() => acceptOffer(application))}>
              {t('accreditation.accept')}
            </Button>
          </div>
        </>
      )}
      {application.state === 'awaiting-payment' && application.fee && application.dueAt && (
        <>
          <Notice tone="warning">
            {t('accreditation.fee-until', { sum: formatMoney(application.fee), date: when(application.dueAt) })}
          </Notice>
          <div>
            <Button busy={deed.isPending} onClick={() => deed.mutate(pay)}>
              {t('accreditation.pay', { sum: formatMoney(application.fee) })}
            </Button>
          </div>
        </>
      )}
      {application.state === 'information-requested' && (
        <>
          <TextArea
            label={t('accreditation.answer')}
            value={words}
            maxLength={2000}
            rows={3}
            onChange={(event) => setWords(event.target.value)}
          />
          <div className={styles.deeds}>
            <Button busy={deed.isPending} onClick={() => deed.mutate(() => answerRequest(application, words.trim()))}>
              {t('accreditation.send-answer')}
            </Button>
            <Link className={buttonClass('outline')} to={form}>
              {t('status.see-form')}
            </Link>
          </div>
        </>
      )}
      {application.appealUntil && may('appeal') && (
        <>
          <p>{t('accreditation.appeal-until', { date: when(application.appealUntil) })}</p>
          <TextArea
            label={t('accreditation.appeal-words')}
            value={words}
            maxLength={2000}
            rows={3}
            onChange={(event) => setWords(event.target.value)}
          />
          <div>
            <Button
              kind="outline"
              busy={deed.isPending}
              aria-disabled={words.trim() === '' || undefined}
              onClick={() => deed.mutate(() => appeal(application, words.trim()))}
            >
              {t('accreditation.appeal')}
            </Button>
          </div>
        </>
      )}
      {application.held && <Notice>{t('status.held')}</Notice>}
      {deed.error && <Trouble error={deed.error} />}
      <div className={styles.deeds}>
        {may('reopen') && (
          <Link className={buttonClass('outline')} to={form}>
            {t('status.change')}
          </Link>
        )}
        {may('withdraw') && (
          <Button kind="quiet" onClick={() => setLeaving(true)}>
            {t('status.withdraw')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={leaving}
        title={t('status.withdraw-sure')}
        verb={t('status.withdraw')}
        busy={deed.isPending}
        onClose={() => setLeaving(false)}
        onConfirm={() =>
          deed.mutate(() => withdraw(application), {
            onSettled: () => setLeaving(false),
            onSuccess: () => void navigate('/accreditation'),
          })
        }
      >
        <p>{t('status.withdraw-detail')}</p>
      </ConfirmDialog>
    </section>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { HeldSeats, Order, Programme, Quote } from '#libs/contracts';
import { formatMoney, formatShortDayTime } from '#libs/kernel';
import { rushRulesQuery } from '../../api/places.api';
import { programmeQuery } from '../../api/screenings.api';
import { priceRulesQuery } from '../../api/tickets-orders.api';
import { useWords } from '../../i18n';
import { PosterArt } from '../../ui/art/poster';
import { Icon } from '../../ui/icon';
import { Button, buttonClass, Empty, Notice, ui } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { basket, useBasket } from './basket';
import lines from './basket.module.css';
import styles from './buy.module.css';
import sheet from './checkout.module.css';
import { CheckoutForm } from './checkout-form';
import { PassFields, PromoField } from './code-fields';
import { PriceItems, PriceLine } from './price-line';
import { showsOf } from './programme.rules';
import { useReturnWords } from './returns-words';
import { HoldTimer } from './timer';
import { giveBack, useBasketDeeds } from './use-basket-timer';
import { useQuote } from './use-quote';

/** One page, guest first, the hold in the corner, the sum always in the button. */
export default function CheckoutPage() {
  const { t, count } = useWords();
  useTitle(t('checkout.title'));
  const { data: programme } = useQuery(programmeQuery);
  const { data: rush } = useQuery(rushRulesQuery(programme?.edition.id));
  const { list, choices, total, expiresAt, extendable, empty, count: tickets } = useBasket();
  const { quote, pending, refused } = useQuote(programme?.edition.id);
  const { keepLonger, giveAllBack } = useBasketDeeds();
  const [order, setOrder] = useState<Order>();
  const [ended, setEnded] = useState(false);
  if (empty && !order)
    return (
      <div className={ui.page}>
        <Empty whole title={t('checkout.empty')}>
          <Link className={buttonClass()} to="/">
            {t('nav.programme')}
          </Link>
        </Empty>
      </div>
    );
  const sum = order?.total ?? quote?.total ?? total;
  return (
    <div className={sheet.checkout}>
      <h1>{t('checkout.title')}</h1>
      <ol className={sheet.steps} aria-label={t('checkout.steps')}>
        <li data-done>{t('checkout.step-seats')}</li>
        <li aria-current="step">{t('checkout.step-contacts')}</li>
        <li>{t('checkout.step-pay')}</li>
      </ol>
      {expiresAt !== null && !ended && (
        <HoldTimer
          until={expiresAt}
          extendable={extendable}
          onExtend={keepLonger}
          onGiveBack={giveAllBack}
          onEnd={() => setEnded(true)}
        />
      )}
      {ended && !order && (
        <Notice tone="error" title={t('hold.ended')}>
          <Link to={`/screenings/${list[0]?.screeningId ?? ''}`}>{t('checkout.back-to-seats')}</Link>
        </Notice>
      )}
      {programme && list.map((hold) => <Summary key={hold.holdId} hold={hold} programme={programme} quote={quote} />)}
      <PriceItems quote={quote} />
      {choices.buyPasses.length > 0 && (
        <Button kind="quiet" onClick={() => basket.choose({ buyPasses: [] })}>
          {t('checkout.remove-pass')}
        </Button>
      )}
      {!order && (
        <div className={lines.codes}>
          {list.length > 0 && (
            <Link className={lines.more!} to="/">
              <Icon name="plus" />
              {t('basket.add-more')}
            </Link>
          )}
          <PromoField refused={refused} />
          {list.length > 0 && <PassFields refused={refused} />}
        </div>
      )}
      {refused?.about === 'basket' && !order && <Notice tone="error">{refused.problem.title}</Notice>}
      <div className={styles.total} aria-busy={pending}>
        <span>{tickets > 0 ? count('basket.total', tickets) : t('checkout.passes-only')}</span>
        <strong className="tabular">{formatMoney(sum)}</strong>
      </div>
      {rush?.paidSeats && <Notice>{t('checkout.late-seats')}</Notice>}
      <CheckoutForm
        editionId={programme?.edition.id}
        holds={list}
        total={sum}
        priced={quote !== undefined && !pending}
        onPlaced={setOrder}
      />
      {programme && <Rules holds={list} programme={programme} />}
    </div>
  );
}

function Summary({ hold, programme, quote }: { hold: HeldSeats; programme: Programme; quote: Quote | undefined }) {
  const { t, language } = useWords();
  const show = showsOf(programme).find((other) => other.screening.id === hold.screeningId);
  if (!show) return null;
  const { screening } = show;
  return (
    <section aria-label={screening.title[language]}>
      <div className={sheet.summary}>
        <div className={sheet.summaryArt}>
          <PosterArt {...show.poster} />
        </div>
        <div>
          <h2 className={styles.buyTitle}>
            <Link to={`/screenings/${screening.id}`}>{screening.title[language]}</Link>
          </h2>
          <p className="small">{formatShortDayTime(new Date(screening.startsAt), screening.timezone, language)}</p>
          <Button kind="quiet" className="small" onClick={() => void giveBack(hold)}>
            {t('promo.off')}
          </Button>
        </div>
      </div>
      <ul className={lines.lines}>
        {hold.seats.map((seat) => (
          <PriceLine key={seat.id} screening={screening} seat={seat} quote={quote} />
        ))}
      </ul>
    </section>
  );
}

/** Returns and data in plain words, before anything is agreed to. */
function Rules({ holds, programme }: { holds: HeldSeats[]; programme: Programme }) {
  const { t, language } = useWords();
  const { data } = useQuery(priceRulesQuery(programme.edition.id));
  const words = useReturnWords();
  const screenings = programme.screenings.filter((one) => holds.some((hold) => hold.screeningId === one.id));
  return (
    <details className={sheet.rules}>
      <summary>{t('checkout.rules')}</summary>
      {data &&
        screenings.map((screening) => {
          const { back, exchange } = words(screening, data.rules.returns);
          return (
            <p key={screening.id}>
              <strong>{screening.title[language]}.</strong> {back} {exchange}
            </p>
          );
        })}
      <p>{t('returns.cancelled')}</p>
      <p>
        {t('checkout.data')} <Link to="/privacy">{t('nav.privacy')}</Link>
      </p>
    </details>
  );
}

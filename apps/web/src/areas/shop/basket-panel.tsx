import { Link } from 'react-router';
import type { HeldSeats, Programme } from '#libs/contracts';
import { formatMoney, sumMoney } from '#libs/kernel';
import { useWords } from '../../i18n';
import type { Seat } from '../../seat-map/hall.rules';
import { PosterArt } from '../../ui/art/poster';
import { Icon } from '../../ui/icon';
import { Button, Notice } from '../../ui/parts';
import { useBasket } from './basket';
import lines from './basket.module.css';
import styles from './buy.module.css';
import { PromoField } from './code-fields';
import { LostNotice } from './lost-notice';
import { PriceItems, PriceLine } from './price-line';
import type { Show } from './programme.rules';
import { ReturnLine } from './returns-words';
import { HoldTimer } from './timer';
import { useBasketDeeds } from './use-basket-timer';
import type { Trouble } from './use-hold';
import { useQuote } from './use-quote';
import { useCredits } from './wording';

interface Props {
  show: Show;
  programme: Programme;
  hold: HeldSeats | undefined;
  trouble: Trouble | undefined;
  lonely: boolean;
  onRemove(seatId: string): void;
  onTake(seats: Seat[]): void;
  onEnd(): void;
  onPay(): void;
}

/** What is held for this screening, priced line by line, and what else stands in the basket. */
export function BasketPanel({ show, programme, hold, trouble, lonely, onRemove, onTake, onEnd, onPay }: Props) {
  const { t, language, count } = useWords();
  const credits = useCredits();
  const { list, total, expiresAt, extendable, count: tickets } = useBasket();
  const { quote, pending, refused } = useQuote(show.screening.editionId);
  const { keepLonger, giveAllBack } = useBasketDeeds();
  const { screening, film } = show;
  const sum = quote?.total ?? total;
  const others = list.filter((other) => other.screeningId !== screening.id);
  return (
    <aside
      className={styles.panel}
      aria-label={t('basket.label')}
      data-empty={list.length === 0 || undefined}
      data-sheet={list.length > 0 || trouble !== undefined || undefined}
    >
      <div className={styles.panelArt}>
        <PosterArt {...show.poster} format="wide" />
      </div>
      <div className={styles.panelBody}>
        <div className={styles.panelHead}>
          <h2>{screening.title[language]}</h2>
          {film && <p className="small quiet">{credits(film, false)}</p>}
        </div>
        {trouble && <LostNotice key={trouble.text} trouble={trouble} onTake={onTake} />}
        {list.length === 0 && <p className={`${styles.hint} quiet`}>{t('basket.empty')}</p>}
        {expiresAt !== null && (
          <>
            <HoldTimer
              until={expiresAt}
              extendable={extendable}
              onExtend={keepLonger}
              onGiveBack={giveAllBack}
              onEnd={onEnd}
            />
            {hold && (
              <ul className={lines.lines}>
                {hold.seats.map((seat) => (
                  <PriceLine
                    key={seat.id}
                    screening={screening}
                    seat={seat}
                    quote={quote}
                    onRemove={() => onRemove(seat.id)}
                  />
                ))}
              </ul>
            )}
            {lonely && <p className="small quiet">{t('basket.lonely')}</p>}
            {others.length > 0 && <Others holds={others} programme={programme} />}
            {refused?.about === 'basket' && <Notice tone="warning">{refused.problem.title}</Notice>}
            <PromoField refused={refused} />
            <PriceItems quote={quote} />
            <div>
              <div className={styles.total} aria-busy={pending}>
                <span>{count('basket.total', tickets)}</span>
                <strong className="tabular">{formatMoney(sum)}</strong>
              </div>
              <ReturnLine screening={screening} />
            </div>
            <Button wide className={styles.pay} onClick={onPay}>
              <span>{t('basket.pay')}</span>
              <span className={`${styles.paySum} tabular`}>{formatMoney(sum)}</span>
              <Icon name="next" />
            </Button>
          </>
        )}
      </div>
    </aside>
  );
}

/** Other screenings of the same basket, each a way back to its hall. */
function Others({ holds, programme }: { holds: HeldSeats[]; programme: Programme }) {
  const { t, language, count } = useWords();
  return (
    <div className={lines.others}>
      <h3>{t('basket.others')}</h3>
      <ul>
        {holds.map((hold) => (
          <li key={hold.holdId}>
            <Link to={`/screenings/${hold.screeningId}`}>
              <span>
                {programme.screenings.find((one) => one.id === hold.screeningId)?.title[language]} ·{' '}
                {count('tickets.count', hold.seats.length)}
              </span>
              <span className="tabular">{formatMoney(sumMoney(hold.seats.map((seat) => seat.price)))}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

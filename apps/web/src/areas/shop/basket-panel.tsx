import type { HeldSeats } from '#libs/contracts';
import { formatMoney, sumMoney } from '#libs/kernel';
import { useWords } from '../../i18n';
import { PosterArt } from '../../ui/art/poster';
import { Icon } from '../../ui/icon';
import { Button, Notice } from '../../ui/parts';
import styles from './buy.module.css';
import { Sample } from './legend';
import type { Show } from './programme.rules';
import { HoldTimer } from './timer';
import { useCredits } from './wording';

interface Props {
  show: Show;
  hold: HeldSeats | undefined;
  problem: string | undefined;
  lonely: boolean;
  onRemove(seatId: string): void;
  onExtend(): Promise<void>;
  onGiveBack(): void;
  onEnd(): void;
  onPay(): void;
}

export function BasketPanel({ show, hold, problem, lonely, onRemove, onExtend, onGiveBack, onEnd, onPay }: Props) {
  const { t, language, count } = useWords();
  const credits = useCredits();
  const { screening, film } = show;
  const total = sumMoney(hold?.seats.map((seat) => seat.price) ?? []);
  const zone = (category: string) =>
    screening.prices.find((price) => price.category === category)?.name[language] ?? '';
  const shape = (category: string) => screening.prices.findIndex((price) => price.category === category);
  return (
    <aside className={styles.panel} aria-label={t('basket.label')} data-empty={!hold || undefined}>
      <div className={styles.panelArt}>
        <PosterArt {...show.poster} format="wide" />
      </div>
      <div className={styles.panelBody}>
        <div className={styles.panelHead}>
          <h2>{screening.title[language]}</h2>
          {film && <p className="small quiet">{credits(film, false)}</p>}
        </div>
        {problem && <Notice tone="error">{problem}</Notice>}
        {hold ? (
          <>
            <HoldTimer
              until={Date.parse(hold.expiresAt)}
              extendable={hold.extendable}
              onExtend={onExtend}
              onGiveBack={onGiveBack}
              onEnd={onEnd}
            />
            <ul className={styles.lines}>
              {hold.seats.map((seat) => (
                <li key={seat.id}>
                  <Sample shape={Math.max(0, shape(seat.category))} kind="seat" state="y" />
                  <span>
                    <strong>
                      {t('map.row', { row: seat.row })}, {t('map.seat', { seat: seat.number })}
                    </strong>
                    <span className="small quiet">{zone(seat.category)}</span>
                  </span>
                  <span className="tabular">{formatMoney(seat.price)}</span>
                  <button
                    type="button"
                    className={styles.remove}
                    aria-label={t('basket.remove', { row: seat.row, seat: seat.number })}
                    onClick={() => onRemove(seat.id)}
                  >
                    <Icon name="close" />
                  </button>
                </li>
              ))}
            </ul>
            {lonely && <p className="small quiet">{t('basket.lonely')}</p>}
            <div className={styles.total}>
              <span>{count('basket.total', hold.seats.length)}</span>
              <strong className="tabular">{formatMoney(total)}</strong>
            </div>
            <Button wide className={styles.pay} onClick={onPay}>
              <span>{t('basket.pay')}</span>
              <span className={`${styles.paySum} tabular`}>{formatMoney(total)}</span>
              <Icon name="next" />
            </Button>
          </>
        ) : (
          <p className={`${styles.hint} quiet`}>{t('basket.empty')}</p>
        )}
      </div>
    </aside>
  );
}

import type { RefObject } from 'react';
import type { CounterPayment, ScreeningView, Shift } from '#libs/contracts';
import { formatMoney, KZT, type Money } from '#libs/kernel';
import { CashPane } from './cash-pane';
import { FreeDialog } from './free-dialog';
import type { BegunExchange } from './kept-exchange';
import { EmptyPane, PickPane } from './pick-pane';
import { ReserveDialog } from './reserve-dialog';
import type { Price } from './use-price';
import type { SaleDeeds } from './use-sale';
import { DeclinedPane, DonePane, PayingPane, ReturningPane, UnknownPane } from './wait-panes';

/** What is asked beside the sale. */
export type SaleDialog = 'free' | 'reserve';
type Input = RefObject<HTMLInputElement | null>;

interface Props {
  shift: Shift;
  screening: ScreeningView;
  sale: SaleDeeds;
  /** The seats are to take the place of these tickets. */
  begun: BegunExchange | undefined;
  price: Price;
  busy: boolean;
  at: number;
  due: Money | undefined;
  tendered: number | undefined;
  dialog: SaleDialog | undefined;
  refs: { promo: Input; buyer: Input; other: Input };
  deeds: {
    cash(): void;
    card(): void;
    take(): void;
    reset(): void;
    drop(seatId: string): void;
    kindFor(seats: string[], kind: string): void;
  };
  onAt(n: number): void;
  onTendered(amount: number | undefined): void;
  onDialog(dialog: SaleDialog | undefined): void;
  onReserved(words: string): void;
  onPrint(): void;
  onExchange(): void;
  /** What was just done beside a sale. */
  news: string;
}

/** What the sale asks for in the step where it stands. */
export function SalePanel(props: Props) {
  const { sale, shift } = props;
  return (
    <>
      <Pane {...props} />
      <FreeDialog
        open={props.dialog === 'free' && (sale.step === 'picking' || sale.step === 'paying')}
        shiftId={shift.id}
        seats={sale.kept?.hold.seats.length ?? 0}
        busy={sale.step === 'paying'}
        trouble={sale.trouble}
        onGive={(payment) => sale.pay(payment, 0)}
        onClose={() => props.onDialog(undefined)}
      />
      <ReserveDialog
        open={props.dialog === 'reserve' && sale.step === 'picking'}
        hold={sale.kept?.hold}
        zone={props.screening.timezone}
        onKept={props.onReserved}
        onClose={() => props.onDialog(undefined)}
      />
    </>
  );
}

function Pane(props: Props) {
  const { sale, price, deeds, due, refs } = props;
  const { kept, step } = sale;
  switch (step) {
    case 'idle':
      return <EmptyPane trouble={sale.trouble} news={props.news} />;
    case 'cash':
      return (
        <CashPane
          due={due ?? { amount: 0, currency: KZT }}
          roundedBy={
            (sale.ordered ? sale.sale?.roundedBy : price.quote?.cash.roundedBy) ?? { amount: 0, currency: KZT }
          }
          tendered={props.tendered}
          trouble={sale.trouble}
          other={refs.other}
          onTendered={props.onTendered}
          onTake={deeds.take}
          onBack={() => sale.tell({ type: 'back' })}
        />
      );
    case 'paying':
    case 'terminal': {
      const payment = (kept?.again?.body ?? kept?.sent?.body)?.payment;
      const card = step === 'terminal' || payment?.by === 'terminal';
      return <PayingPane card={card} sum={sumOf(sale, payment)} />;
    }
    case 'unknown':
      return <UnknownPane sale={sale.sale} busy={false} onAsk={() => void sale.askNow()} />;
    case 'declined':
      return (
        <DeclinedPane
          sale={sale.sale}
          trouble={sale.trouble}
          onCash={deeds.cash}
          onTerminal={deeds.card}
          onGiveUp={deeds.reset}
        />
      );
    case 'returning':
      return <ReturningPane sale={sale.sale} onLeave={sale.leave} />;
    case 'done':
    case 'printing':
      return sale.sale ? (
        <DonePane
          sale={sale.sale}
          back={kept?.back}
          trouble={sale.trouble}
          onPrint={props.onPrint}
          onPrinted={() => void sale.printed()}
          onLeave={sale.leave}
          onExchange={props.onExchange}
        />
      ) : null;
    case 'picking':
      return kept ? (
        <PickPane
          screening={props.screening}
          kept={kept}
          begun={props.begun}
          price={price}
          trouble={props.dialog ? undefined : sale.trouble}
          at={props.at}
          promo={refs.promo}
          buyer={refs.buyer}
          busy={props.busy}
          onAt={props.onAt}
          onKind={deeds.kindFor}
          onRemove={deeds.drop}
          onCash={deeds.cash}
          onTerminal={deeds.card}
          onFree={() => props.onDialog('free')}
          onReserve={() => props.onDialog('reserve')}
          onReset={deeds.reset}
        />
      ) : null;
  }
}

/** The sum that stands on the terminal, as far as it is known. */
function sumOf(sale: SaleDeeds, payment: CounterPayment | undefined): string {
  if (sale.sale) return formatMoney(sale.sale.total);
  const told = sale.kept?.sent?.body.expectedTotal;
  return payment && told !== undefined ? formatMoney({ amount: told, currency: KZT }) : '';
}

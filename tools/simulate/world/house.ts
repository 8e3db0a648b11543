import type { Logger } from 'pino';
import type { Relay } from '#libs/messaging';
import type { CommonSettings, ServiceClient } from '#libs/service-defaults';
import { CancelOrder } from '../../../apps/tickets/src/afterwards/changes/cancel-order.js';
// The database's refusals are found by where they are declared; an exchange's are here.
import '../../../apps/tickets/src/afterwards/changes/change.refusals.js';
import { ReturnLines } from '../../../apps/tickets/src/afterwards/changes/return-lines.js';
import type { FestivalClock } from '../../../apps/tickets/src/copies/programme-copy/festival-clock.js';
import type { ProgrammeCopy } from '../../../apps/tickets/src/copies/programme-copy/programme-copy.js';
import { HoldSeats } from '../../../apps/tickets/src/inventory/holds/hold-seats.js';
import { HoldStoreState } from '../../../apps/tickets/src/inventory/seats/hold-store-state.js';
import { RebuildSeats } from '../../../apps/tickets/src/inventory/seats/rebuild-seats.js';
import { ReconcileSeats } from '../../../apps/tickets/src/inventory/seats/reconcile-seats.js';
import { SeatMap } from '../../../apps/tickets/src/inventory/seats/seat-map.js';
import type { SeatStatesStore } from '../../../apps/tickets/src/inventory/seats/seat-states.store.js';
import { Switchboards } from '../../../apps/tickets/src/inventory/seats/switchboards.js';
import { WatchHoldStore } from '../../../apps/tickets/src/inventory/seats/watch-hold-store.job.js';
import type { AdmissionCodes } from '../../../apps/tickets/src/sale/issued-tickets/admission-codes.js';
import { CommitOrder } from '../../../apps/tickets/src/sale/orders/commit-order.js';
import { OrdersQueries } from '../../../apps/tickets/src/sale/orders/orders.queries.js';
import { PlaceOrder } from '../../../apps/tickets/src/sale/orders/place-order.js';
import { PriceBasket } from '../../../apps/tickets/src/sale/orders/price-basket.js';
import type { PassesQueries } from '../../../apps/tickets/src/sale/passes/passes.queries.js';
import { ConfirmPayment } from '../../../apps/tickets/src/sale/payments/confirm-payment.js';
import { ExpireOrders } from '../../../apps/tickets/src/sale/payments/expire-orders.js';
import { FollowPayment } from '../../../apps/tickets/src/sale/payments/follow-payment.js';
import { FollowPayments } from '../../../apps/tickets/src/sale/payments/follow-payments.job.js';
import type { FreedomPay } from '../../../apps/tickets/src/sale/payments/freedom-pay.js';
import { HearProvider } from '../../../apps/tickets/src/sale/payments/hear-provider.js';
import { OpenPayment } from '../../../apps/tickets/src/sale/payments/open-payment.js';
import { PaymentAttempts } from '../../../apps/tickets/src/sale/payments/payment-attempts.store.js';
import type { PaymentProvider } from '../../../apps/tickets/src/sale/payments/payment-provider.js';
import { PaymentProviders } from '../../../apps/tickets/src/sale/payments/payment-providers.js';
import { PLAIN_RULES } from '../../../apps/tickets/src/sale/pricing/price.rules.js';
import type { PriceRulesQueries } from '../../../apps/tickets/src/sale/pricing/price-rules.queries.js';
import { PriceSeats } from '../../../apps/tickets/src/sale/pricing/price-seats.js';
import type { PromoCodes } from '../../../apps/tickets/src/sale/pricing/promo-codes.js';
import type { TicketsSettings } from '../../../apps/tickets/src/settings.js';
import type { Twin } from '../twin/twin.js';
import { type Reach, TwinInventory } from '../twin/twin-inventory.js';
import { databaseOf } from './database.js';
import type { Process } from './scheduler.js';
import { standIn } from './stand-in.js';

type Settings = TicketsSettings & CommonSettings;
type Used =
  | 'HOLD_SECONDS'
  | 'HOLD_EXTENSION_SECONDS'
  | 'HOLD_LIMIT_ONLINE'
  | 'HOLD_LIMIT_COUNTER'
  | 'ORDER_SECONDS'
  | 'PAYMENT_PAGE_SECONDS'
  | 'FREEDOMPAY_CHECK_URL'
  | 'FREEDOMPAY_RECEIPTS'
  | 'CALLBACK_URL'
  | 'PUBLIC_URL'
  | 'GATEWAY_URL'
  | 'TOKEN_SECRET';

const settings = standIn<Settings, Used>({
  HOLD_SECONDS: 300,
  HOLD_EXTENSION_SECONDS: 300,
  HOLD_LIMIT_ONLINE: 10,
  HOLD_LIMIT_COUNTER: 60,
  ORDER_SECONDS: 720,
  PAYMENT_PAGE_SECONDS: 600,
  FREEDOMPAY_CHECK_URL: 'on',
  FREEDOMPAY_RECEIPTS: 'off',
  CALLBACK_URL: undefined,
  PUBLIC_URL: 'https://festival.test',
  GATEWAY_URL: 'https://gateway.test',
  TOKEN_SECRET: 'a secret of the simulated house',
});

const quiet = () => undefined;
const logger = standIn<Logger, 'debug' | 'info' | 'warn' | 'error'>({
  debug: quiet,
  info: quiet,
  warn: quiet,
  error: quiet,
});
const relay = standIn<Relay, 'wake'>({ wake: quiet });
const rules = standIn<PriceRulesQueries, 'of'>({ of: async () => ({ version: 0, rules: PLAIN_RULES }) });
const festival = standIn<FestivalClock, 'now'>({ now: async () => new Date() });
const codes = standIn<AdmissionCodes, 'forTicket'>({ forTicket: async (_edition, _screening, serial) => serial });
/** Callbacks come as plain JSON here: what a signature is worth is not what is simulated. */
const freedomPay = standIn<FreedomPay, 'name' | 'read' | 'answer'>({
  name: 'freedompay',
  read: (_script, form) => JSON.parse(form),
  answer: (_script, status) => status,
});

export interface Outside {
  twin: Twin;
  programme: ProgrammeCopy;
  inventory: Reach;
  database: Reach;
  store: SeatStatesStore;
  provider: PaymentProvider;
}

/** One process of tickets: the real use cases, made without Nest on the doubles. */
export class House {
  readonly holds: HoldSeats;
  readonly map: SeatMap;
  readonly commit: CommitOrder;
  readonly baskets: PriceBasket;
  readonly place: PlaceOrder;
  readonly orders: OrdersQueries;
  readonly payments: OpenPayment;
  readonly callbacks: HearProvider;
  readonly cancel: CancelOrder;
  readonly returns: ReturnLines;
  readonly follow: FollowPayments;
  readonly watch: WatchHoldStore;

  constructor(
    readonly process: Process,
    outside: Outside,
  ) {
    const { twin, programme, store } = outside;
    const inventory = new TwinInventory(twin, outside.inventory);
    const database = databaseOf(twin, process, outside.database);
    const boards = new Switchboards(inventory);
    const state = new HoldStoreState(database, store, boards, logger);
    const rebuild = new RebuildSeats(database, store, boards, state);
    const reconcile = new ReconcileSeats(store, inventory, boards, rebuild);
    this.map = new SeatMap(programme, boards, store, inventory, rebuild);
    const providers = new PaymentProviders([outside.provider], [outside.provider.name]);
    const attempts = new PaymentAttempts(database);
    this.orders = new OrdersQueries(database, programme, codes, rules, settings);
    this.holds = new HoldSeats(programme, boards, store, rebuild, state, this.map, inventory, settings);
    const prices = new PriceSeats(rules, standIn<PromoCodes, never>({}), festival);
    this.baskets = new PriceBasket(this.holds, programme, festival, prices, standIn<PassesQueries, never>({}));
    this.commit = new CommitOrder(programme, inventory, reconcile, this.map, this.orders, relay, settings);
    this.place = new PlaceOrder(this.baskets, this.commit, this.orders, standIn<ServiceClient, never>({}), settings);
    this.payments = new OpenPayment(this.orders, attempts, providers, settings);
    const confirm = new ConfirmPayment(inventory, this.orders, reconcile, relay, logger);
    this.callbacks = new HearProvider(freedomPay, attempts, confirm, inventory);
    this.cancel = new CancelOrder(this.orders, inventory, reconcile, relay);
    this.returns = new ReturnLines(this.orders, inventory, reconcile, relay);
    const expire = new ExpireOrders(inventory, providers, attempts, confirm, this.orders, reconcile, relay, logger);
    this.follow = new FollowPayments(
      attempts,
      new FollowPayment(database, attempts, confirm, relay, providers),
      expire,
      logger,
    );
    this.watch = new WatchHoldStore(state, boards, reconcile, logger);
  }
}

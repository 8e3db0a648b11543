import type { DatabaseDefinition } from '#libs/persistence';
import { Tables1569000000000 } from './migrations/1569000000000-tables.js';
import { SaleFunctions1569000001000 } from './migrations/1569000001000-sale-functions.js';
import { EndingFunctions1569000002000 } from './migrations/1569000002000-ending-functions.js';
import { BookingAndDoorFunctions1569000003000 } from './migrations/1569000003000-booking-and-door-functions.js';
import { PricesAndReturns1569000100000 } from './migrations/1569000100000-prices-and-returns.js';
import { PlacingFunctions1569000101000 } from './migrations/1569000101000-placing-functions.js';
import { ReturningFunctions1569000102000 } from './migrations/1569000102000-returning-functions.js';
import { FinanceFunctions1569000103000 } from './migrations/1569000103000-finance-functions.js';
import { GroupOrders1569000104000 } from './migrations/1569000104000-group-orders.js';
import { KeptPlaces1569000200000 } from './migrations/1569000200000-kept-places.js';
import { Bookings1569000201000 } from './migrations/1569000201000-bookings.js';
import { Waitlist1569000202000 } from './migrations/1569000202000-waitlist.js';
import { Passes1569000203000 } from './migrations/1569000203000-passes.js';
import { RushLine1569000204000 } from './migrations/1569000204000-rush-line.js';
import { PlacesAgain1569000205000 } from './migrations/1569000205000-places-again.js';
import { PassesEnd1569000206000 } from './migrations/1569000206000-passes-end.js';
import { SeatingMoves1569000300000 } from './migrations/1569000300000-seating-moves.js';
import { OldSeats1569000301000 } from './migrations/1569000301000-old-seats.js';
import { Receipts1569000400000 } from './migrations/1569000400000-receipts.js';
import { ReceiptsOfBefore1569000401000 } from './migrations/1569000401000-receipts-of-before.js';
import { ReturnsByHand1569000402000 } from './migrations/1569000402000-returns-by-hand.js';
import { TicketsByOrder1569000403000 } from './migrations/1569000403000-tickets-by-order.js';
import { CompanionPlaces1569000500000 } from './migrations/1569000500000-companion-places.js';
import { SamePlan1569000501000 } from './migrations/1569000501000-same-plan.js';
import { LateScans1569000502000 } from './migrations/1569000502000-late-scans.js';
import { ToldDelays1569000503000 } from './migrations/1569000503000-told-delays.js';
import { RightsAndFees1569000700000 } from './migrations/1569000700000-rights-and-fees.js';
import { OrderNotes1569000800000 } from './migrations/1569000800000-order-notes.js';
import { DoorDevices1569000900000 } from './migrations/1569000900000-door-devices.js';
import { DoorScans1569000901000 } from './migrations/1569000901000-door-scans.js';
import { DoorHouse1569000902000 } from './migrations/1569000902000-door-house.js';
import { HoldStoreClosing1569000902500 } from './migrations/1569000902500-hold-store-closing.js';
import { Counter1569000903000 } from './migrations/1569000903000-counter.js';
import { CounterFunctions1569000903100 } from './migrations/1569000903100-counter-functions.js';
import { DoorOperators1569000904000 } from './migrations/1569000904000-door-operators.js';
import { AuditSeals1569000905000 } from './migrations/1569000905000-audit-seals.js';
import { CounterPhoneLooks1569000906000 } from './migrations/1569000906000-counter-phone-looks.js';
import { CounterLeases1569000910000 } from './migrations/1569000910000-counter-leases.js';
import { ExchangeHandsOver1569000911000 } from './migrations/1569000911000-exchange-hands-over.js';
import { FeeLockOrder1569000912000 } from './migrations/1569000912000-fee-lock-order.js';

/** No entities: every read and write of tickets is a statement or a function of its own. */
export const ticketsDatabase: DatabaseDefinition = {
  entities: [],
  migrations: [
    Tables1569000000000,
    SaleFunctions1569000001000,
    EndingFunctions1569000002000,
    BookingAndDoorFunctions1569000003000,
    PricesAndReturns1569000100000,
    PlacingFunctions1569000101000,
    ReturningFunctions1569000102000,
    FinanceFunctions1569000103000,
    GroupOrders1569000104000,
    KeptPlaces1569000200000,
    Bookings1569000201000,
    Waitlist1569000202000,
    Passes1569000203000,
    RushLine1569000204000,
    PlacesAgain1569000205000,
    PassesEnd1569000206000,
    SeatingMoves1569000300000,
    OldSeats1569000301000,
    Receipts1569000400000,
    ReceiptsOfBefore1569000401000,
    ReturnsByHand1569000402000,
    TicketsByOrder1569000403000,
    CompanionPlaces1569000500000,
    SamePlan1569000501000,
    LateScans1569000502000,
    ToldDelays1569000503000,
    RightsAndFees1569000700000,
    OrderNotes1569000800000,
    DoorDevices1569000900000,
    DoorScans1569000901000,
    DoorHouse1569000902000,
    HoldStoreClosing1569000902500,
    Counter1569000903000,
    CounterFunctions1569000903100,
    DoorOperators1569000904000,
    AuditSeals1569000905000,
    CounterPhoneLooks1569000906000,
    CounterLeases1569000910000,
    ExchangeHandsOver1569000911000,
    FeeLockOrder1569000912000,
  ],
};

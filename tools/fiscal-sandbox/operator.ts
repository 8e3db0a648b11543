import { createHash, createPublicKey, verify } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export interface Item {
  name: string;
  quantity: number;
  price: number;
  sum: number;
  vatPercent?: number;
  vatSum?: number;
}

export interface Ticket {
  id: string;
  register: string;
  number: string;
  shift: number;
  operation: 'SELL' | 'SELL_RETURN';
  sum: number;
  currency: string;
  items: Item[];
  parent?: string;
  offlineNumber?: number;
  dateTime: string;
  /** Hash of what was asked, but for the offline number, which a repeated call may add. */
  print: string;
}

interface Shift {
  number: number;
  openedAt: string;
  closedAt?: string;
  closedBy?: string;
}

interface Register {
  id: string;
  publicKey?: string;
  shifts: Shift[];
  offlineNumbers: number[];
}

interface Book {
  registers: Register[];
  tickets: Ticket[];
}

export class Refused extends Error {
  constructor(
    readonly code: string,
    readonly status = 400,
  ) {
    super(code);
  }
}

const SHIFT_MS = 24 * 3_600_000;

/** What the operator keeps and checks: keys, shifts, tickets. Strict where a real one is. */
export class FiscalOperator {
  private readonly book: Book;

  constructor(
    private readonly file: string | undefined,
    private readonly origin: () => string,
    private readonly now: () => Date,
  ) {
    this.book =
      file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Book) : { registers: [], tickets: [] };
  }

  get tickets(): readonly Ticket[] {
    return this.book.tickets;
  }

  answer(registerId: string, algorithm: string, signature: string, body: Buffer): Record<string, unknown> {
    const request = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    const register = this.register(registerId);
    if (algorithm !== 'SHA256withRSA') throw new Refused('ALGORITHM_UNKNOWN');
    // A first key vouches for itself; a later one is only taken when the key before it signed the request.
    const key =
      register.publicKey ?? (request.command === 'SET_KKM_PUBLIC_KEY' ? String(request.publicKey) : undefined);
    if (!key) throw new Refused('KEY_UNKNOWN', 401);
    if (!signed(key, signature, body)) throw new Refused('SIGNATURE_WRONG', 401);
    const data = this.carryOut(register, request);
    this.save();
    return data;
  }

  /** The register has to introduce itself again, as after an operator's own loss. */
  forgetKey(registerId: string): void {
    this.register(registerId).publicKey = undefined;
    this.save();
  }

  /** Makes the open shift older, for the rule of 24 hours. */
  ageShift(registerId: string, hours: number): void {
    const shift = this.register(registerId).shifts.find((one) => !one.closedAt);
    if (shift) shift.openedAt = new Date(Date.parse(shift.openedAt) - hours * 3_600_000).toISOString();
    this.save();
  }

  private carryOut(register: Register, request: Record<string, unknown>): Record<string, unknown> {
    switch (request.command) {
      case 'SET_KKM_PUBLIC_KEY':
        register.publicKey = String(request.publicKey);
        return {};
      case 'GET_KKM_INFO': {
        const shift = openShift(register);
        return { kkmId: register.id, shiftNumber: shift?.number ?? null, shiftOpenedAt: shift?.openedAt ?? null };
      }
      case 'TICKET':
        return this.ticket(register, request);
      case 'CLOSE_SHIFT':
        return this.close(register, String(request.requestId));
      default:
        throw new Refused('COMMAND_UNKNOWN');
    }
  }

  private ticket(register: Register, request: Record<string, unknown>): Record<string, unknown> {
    const { offlineTicketNumber, ...asked } = request;
    const print = createHash('sha256')
      .update(JSON.stringify({ ...asked, dateTime: undefined }))
      .digest('hex');
    const id = String(request.ticketId);
    const known = this.book.tickets.find((one) => one.register === register.id && one.id === id);
    if (known) {
      if (known.print !== print) throw new Refused('TICKET_ID_REUSED');
      return this.told(known);
    }
    const items = (Array.isArray(request.items) ? request.items : []) as Item[];
    const sum = Number(request.sum);
    checkSums(items, (request.payments ?? []) as { sum: number }[], sum);
    const operation =
      request.operation === 'SELL' || request.operation === 'SELL_RETURN' ? request.operation : undefined;
    if (!operation) throw new Refused('OPERATION_UNKNOWN');
    const parent = operation === 'SELL_RETURN' ? this.parent(request, sum) : undefined;
    const shift = this.currentShift(register);
    if (typeof offlineTicketNumber === 'number') {
      if (register.offlineNumbers.includes(offlineTicketNumber)) throw new Refused('OFFLINE_NUMBER_REUSED');
      register.offlineNumbers.push(offlineTicketNumber);
    }
    const ticket: Ticket = {
      id,
      register: register.id,
      number: String(700_000_000 + this.book.tickets.length + 1),
      shift: shift.number,
      operation,
      sum,
      currency: String(request.currency),
      items,
      parent,
      offlineNumber: typeof offlineTicketNumber === 'number' ? offlineTicketNumber : undefined,
      dateTime: String(request.dateTime),
      print,
    };
    this.book.tickets.push(ticket);
    return this.told(ticket);
  }

  private told(ticket: Ticket): Record<string, unknown> {
    return {
      ticketNumber: ticket.number,
      shiftNumber: ticket.shift,
      qrUrl: `${this.origin()}/t?i=${ticket.number}&f=${ticket.register}&s=${(ticket.sum / 100).toFixed(2)}`,
    };
  }

  private parent(request: Record<string, unknown>, sum: number): string {
    const number = (request.parentTicket as { number?: string } | undefined)?.number;
    const sale = this.book.tickets.find((one) => one.number === number && one.operation === 'SELL');
    if (!sale) throw new Refused('PARENT_UNKNOWN');
    const returned = this.book.tickets
      .filter((one) => one.parent === sale.number)
      .reduce((all, one) => all + one.sum, 0);
    if (returned + sum > sale.sum) throw new Refused('RETURN_ABOVE_SALE');
    return sale.number;
  }

  private currentShift(register: Register): Shift {
    const open = openShift(register);
    if (open) {
      if (this.now().getTime() - Date.parse(open.openedAt) > SHIFT_MS) throw new Refused('SHIFT_EXPIRED');
      return open;
    }
    const shift = { number: register.shifts.length + 1, openedAt: this.now().toISOString() };
    register.shifts.push(shift);
    return shift;
  }

  private close(register: Register, requestId: string): Record<string, unknown> {
    const shift = register.shifts.find((one) => one.closedBy === requestId) ?? openShift(register);
    if (!shift) throw new Refused('SHIFT_NOT_OPEN');
    shift.closedAt ??= this.now().toISOString();
    shift.closedBy ??= requestId;
    const of = (operation: Ticket['operation']) => {
      const all = this.book.tickets.filter(
        (one) => one.register === register.id && one.shift === shift.number && one.operation === operation,
      );
      return { count: all.length, amount: all.reduce((sum, one) => sum + one.sum, 0) };
    };
    return { shift: shift.number, sales: of('SELL'), returns: of('SELL_RETURN') };
  }

  private register(id: string): Register {
    let register = this.book.registers.find((one) => one.id === id);
    if (!register) {
      if (!/^K\d{5}$/.test(id)) throw new Refused('KKM_UNKNOWN', 404);
      register = { id, shifts: [], offlineNumbers: [] };
      this.book.registers.push(register);
    }
    return register;
  }

  private save(): void {
    if (!this.file) return;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.part`, JSON.stringify(this.book));
    renameSync(`${this.file}.part`, this.file);
  }
}

function openShift(register: Register): Shift | undefined {
  return register.shifts.find((one) => !one.closedAt);
}

function checkSums(items: Item[], payments: { sum: number }[], sum: number): void {
  const total = items.reduce((all, item) => all + item.sum, 0);
  const paid = payments.reduce((all, payment) => all + payment.sum, 0);
  if (items.length === 0 || !Number.isInteger(sum) || sum <= 0) throw new Refused('ITEMS_MISSING');
  if (items.some((item) => item.sum <= 0 || item.price * item.quantity !== item.sum)) throw new Refused('ITEM_WRONG');
  if (items.some((item) => item.vatSum !== undefined && item.vatSum > item.sum)) throw new Refused('VAT_WRONG');
  if (total !== sum || paid !== sum) throw new Refused('SUMS_DIFFER');
}

function signed(key: string, signature: string, body: Buffer): boolean {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
    return verify('sha256', body, publicKey, Buffer.from(signature, 'hex'));
  } catch {
    return false;
  }
}

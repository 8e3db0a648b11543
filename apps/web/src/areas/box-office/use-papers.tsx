import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CounterTicket, WillCall } from '#libs/contracts';
import { orderAtCounterQuery, salesOfShiftQuery, toldPrinted } from '../../api/counter-sales.api';
import { usePrinter } from './use-printer';

export interface Papers {
  /** Live tickets without a paper. */
  waiting: string[];
  print(tickets?: readonly string[]): void;
  /** The clerk has them in hand. */
  printed(): void;
  settled(order: WillCall): void;
  telling: boolean;
  error: Error | null;
  frame: ReactNode;
}

/** Printing what an order still lacks, and saying that it came out. */
export function usePapers(shiftId: string, orderId: string, tickets: readonly CounterTicket[]): Papers {
  const client = useQueryClient();
  const printer = usePrinter();
  const waiting = tickets.filter((one) => one.state === 'live' && !one.printed).map((one) => one.id);
  const settled = (order: WillCall) => {
    client.setQueryData(orderAtCounterQuery(orderId).queryKey, order);
    void client.invalidateQueries({ queryKey: salesOfShiftQuery(shiftId).queryKey });
  };
  const told = useMutation({
    mutationFn: () => toldPrinted(orderId, { shiftId, tickets: waiting }),
    onSuccess: settled,
  });
  return {
    waiting,
    print: (some = waiting) => {
      if (some.length > 0) printer.print(orderId, some);
    },
    printed: () => {
      if (waiting.length > 0 && !told.isPending) told.mutate();
    },
    settled,
    telling: told.isPending,
    error: told.error,
    frame: printer.frame,
  };
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { sellReservation } from '../../api/counter-sales.api';
import { type KeptSale, keepSale } from './kept-sale';

/** Whoever a reservation was kept for has come: its seats become the sale that is under way. */
export function useSellKept(shiftId: string) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ id, buyer }: { id: string; buyer: KeptSale['buyer'] }) =>
      sellReservation(id).then((hold) => ({ hold, buyer })),
    onSuccess: ({ hold, buyer }) => {
      keepSale(shiftId, { shiftId, screeningId: hold.screeningId, hold, kinds: {}, promo: '', buyer });
      void navigate('/counter');
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['counter', 'reservations'] }),
  });
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { HeldSeats, QuoteBasket } from '#libs/contracts';
import { ApiProblem } from '../../api/client';
import { quoteQuery } from '../../api/tickets-orders.api';
import { type Choices, placeKey, useBasket } from './basket';

/** The choices of a basket as the API takes them: seats that were given back take theirs along. */
export function chosenFor(list: readonly HeldSeats[], choices: Choices): Omit<QuoteBasket, 'editionId'> {
  const kinds = list.flatMap(({ screeningId, seats }) =>
    seats.flatMap(({ id }) => {
      const kind = choices.kinds[placeKey(screeningId, id)];
      return kind ? [{ screeningId, seatId: id, kind }] : [];
    }),
  );
  return {
    holds: list.map((hold) => hold.token),
    ...(kinds.length > 0 && { kinds }),
    ...(choices.promo && { promo: choices.promo }),
    ...(choices.passes.length > 0 && { passes: choices.passes }),
    ...(choices.buyPasses.length > 0 && { buyPasses: choices.buyPasses }),
  };
}

/** The basket priced by the server, line by line with reasons; and which of the choices it would not take. */
export function useQuote(editionId: string | undefined) {
  const { list, choices, empty } = useBasket();
  const asked = { ...chosenFor(list, choices), ...(editionId && { editionId }) };
  const wanted = useQuery({ ...quoteQuery(asked), enabled: !empty, placeholderData: keepPreviousData });
  const refused = wanted.error instanceof ApiProblem ? wanted.error : undefined;
  // A code or a pass that was refused hides no price: the rest of the basket is priced without it.
  const { promo: _promo, passes: _passes, ...plain } = asked;
  const about = refused?.code.startsWith('promo') ? 'promo' : refused?.code.startsWith('pass') ? 'passes' : 'basket';
  const fallback = useQuery({ ...quoteQuery(plain), enabled: !empty && refused !== undefined && about !== 'basket' });
  return {
    quote: empty ? undefined : refused ? fallback.data : wanted.data,
    pending: wanted.isFetching,
    /** The problem, and which choice it is about. */
    refused: refused && ({ about, problem: refused.problem } as const),
  };
}

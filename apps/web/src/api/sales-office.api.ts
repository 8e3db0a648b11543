import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  OrderFilter,
  PriceRules,
  PromoCodeData,
  ReturnAtDesk,
  ScreeningAllocation,
  TryPrices,
} from '#libs/contracts';
import { answer, api, keyed, seenAs } from './client';

const LIVE_MS = 10_000;

export const editionSalesQuery = (id: string) =>
  queryOptions({
    queryKey: ['edition-sales', id],
    queryFn: () => answer(api.GET('/api/tickets/editions/{id}/sales', { params: { path: { id } } })),
    refetchInterval: 2 * LIVE_MS,
  });
export const screeningSalesQuery = (id: string) =>
  queryOptions({
    queryKey: ['screening-sales', id],
    queryFn: () => answer(api.GET('/api/tickets/screenings/{id}/sales', { params: { path: { id } } })),
    refetchInterval: LIVE_MS,
  });
export const allocationsQuery = (id: string) =>
  queryOptions({
    queryKey: ['allocations', id],
    queryFn: () => answer(api.GET('/api/tickets/screenings/{id}/allocations', { params: { path: { id } } })),
    refetchInterval: LIVE_MS,
  });

/** Which version of a screening a change is meant for. */
export const screeningTagQuery = (id: string) =>
  queryOptions({
    queryKey: ['screening-tag', id],
    queryFn: async () =>
      (await answer(api.GET('/api/screenings/screenings/{id}', { params: { path: { id } } }))).version,
    staleTime: 0,
  });
export const saveShares = (id: string, version: number, allocations: ScreeningAllocation[]) =>
  answer(
    api.PATCH('/api/screenings/screenings/{id}', {
      params: { path: { id } },
      body: { allocations },
      headers: seenAs(version),
    }),
  );

/** One page of orders after another, the newest first. */
export const ordersQuery = (id: string, query: Omit<OrderFilter, 'before'>) =>
  infiniteQueryOptions({
    queryKey: ['desk-orders', id, query],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/tickets/editions/{id}/orders', {
          params: { path: { id }, query: { ...query, ...(pageParam && { before: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
  });
export const deskOrderQuery = (id: string) =>
  queryOptions({
    queryKey: ['desk-order', id],
    queryFn: () => answer(api.GET('/api/tickets/orders/{id}/desk', { params: { path: { id } } })),
  });
export const noteOrder = (id: string, text: string, key: string) =>
  answer(api.POST('/api/tickets/orders/{id}/notes', { params: { path: { id } }, body: { text }, headers: keyed(key) }));
export const returnAtDesk = (id: string, body: ReturnAtDesk) =>
  answer(api.POST('/api/tickets/orders/{id}/desk-returns', { params: { path: { id } }, body }));

export const priceRulesQuery = (id: string) =>
  queryOptions({
    queryKey: ['price-rules', id],
    queryFn: () => answer(api.GET('/api/tickets/editions/{id}/price-rules/all', { params: { path: { id } } })),
  });
export const savePriceRules = (id: string, version: number, body: PriceRules) =>
  answer(
    api.PUT('/api/tickets/editions/{id}/price-rules', { params: { path: { id } }, body, headers: seenAs(version) }),
  );
export const tryPrices = (id: string, body: TryPrices) =>
  answer(api.POST('/api/tickets/editions/{id}/price-rules/trial', { params: { path: { id } }, body }));

export const promoCodesQuery = (id: string) =>
  queryOptions({
    queryKey: ['promo-codes', id],
    queryFn: () => answer(api.GET('/api/tickets/editions/{id}/promo-codes', { params: { path: { id } } })),
  });
export const makePromoCode = (id: string, code: string, data: PromoCodeData, key: string) =>
  answer(
    api.POST('/api/tickets/editions/{id}/promo-codes', {
      params: { path: { id } },
      body: { code, data },
      headers: keyed(key),
    }),
  );
export const changePromoCode = (id: string, version: number, body: PromoCodeData) =>
  answer(api.PUT('/api/tickets/promo-codes/{id}', { params: { path: { id } }, body, headers: seenAs(version) }));

export const refundsQuery = queryOptions({
  queryKey: ['refunds-due'],
  queryFn: () => answer(api.GET('/api/tickets/refunds')),
});
export const chargebacksQuery = queryOptions({
  queryKey: ['chargebacks'],
  queryFn: () => answer(api.GET('/api/tickets/chargebacks')),
});
/** @param from @param to days of the venue, both included */
export const settlementsQuery = (id: string, from: string, to: string) =>
  queryOptions({
    queryKey: ['settlements', id, from, to],
    queryFn: () =>
      answer(api.GET('/api/tickets/editions/{id}/settlements', { params: { path: { id }, query: { from, to } } })),
  });
export const invoicesQuery = (id: string) =>
  queryOptions({
    queryKey: ['invoices', id],
    queryFn: () => answer(api.GET('/api/tickets/editions/{id}/invoices', { params: { path: { id } } })),
  });
export const reportFile = (edition: string, report: string, format: 'csv' | 'xlsx', language: string) =>
  `/api/tickets/editions/${edition}/reports/${report}?format=${format}&language=${language}`;

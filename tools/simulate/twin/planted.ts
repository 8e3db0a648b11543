/** Bugs that can be planted in the twin or at the provider, each what the simulator must find. For tests alone. */
export const PLANTS = {
  'claim-without-key': 'a claim replaces the one that is there',
  'confirm-again': 'a payment that was confirmed is confirmed once more',
  'expire-paid': 'the expiry does not look again whether the order was paid meanwhile',
  'late-without-claim': 'a late payment gets its tickets without claiming the seats again',
  'limit-unchecked': 'a limit is counted and not compared',
  'limit-kept': 'the end of an order does not give its limits back',
  'claim-kept': 'the end of an order does not give its seats back',
  'refund-booked-twice': 'what the provider says has gone back is booked each time it says so',
  'key-forgotten': 'the Idempotency-Key of a checkout is not kept',
  'exchange-unlooked': 'an exchange does not look whether its old ticket is live',
  'any-amount': 'a payment of another amount is as good as the right one',
  'return-again': 'lines that were given back can be given back once more',
  'timeout-is-no': "the provider's silence at the opening of a page is read as a no, for good",
} as const;

export type Plant = keyof typeof PLANTS;

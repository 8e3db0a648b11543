import { defineRefusal } from '#libs/kernel';
import type { OpenedPage, PageRequest, PaymentAttempt, PaymentProvider, ProviderStatus } from './payment-provider.js';

export const providerNotOffered = defineRefusal('provider-not-offered', 'invalid', {
  kk: 'Бұл жолмен төлеуге болмайды. Басқасын таңдаңыз.',
  ru: 'Так оплатить нельзя. Выберите другой способ.',
  en: 'Payment is not offered this way. Please choose another one.',
});

/** The providers of this installation; each attempt is spoken of with the one that opened it. */
export class PaymentProviders implements PaymentProvider {
  private readonly byName: ReadonlyMap<string, PaymentProvider>;
  readonly name: string;

  /**
   * @param known every adapter that is set up; attempts of one that is no longer offered are still followed
   * @param offered names of those that buyers may choose, the first is what they get
   */
  constructor(
    known: PaymentProvider[],
    private readonly offered: readonly string[],
  ) {
    this.byName = new Map(known.map((provider) => [provider.name, provider]));
    const missing = offered.filter((name) => !this.byName.has(name));
    if (offered.length === 0 || missing.length > 0)
      throw new Error(`PAYMENT_PROVIDERS: ${missing.join(', ') || 'none'} is not set up`);
    this.name = offered[0]!;
  }

  /** @throws provider-not-offered */
  chosen(name: string | undefined): string {
    if (name !== undefined && !this.offered.includes(name)) throw providerNotOffered({ offered: this.offered });
    return name ?? this.name;
  }

  open(request: PageRequest): Promise<OpenedPage> {
    return this.of(request).open(request);
  }

  status(attempt: PaymentAttempt): Promise<ProviderStatus> {
    return this.of(attempt).status(attempt);
  }

  close(attempt: PaymentAttempt, now: Date) {
    return this.of(attempt).close(attempt, now);
  }

  refund(attempt: PaymentAttempt, amount: number, upto: number): Promise<'accepted' | 'unknown'> {
    return this.of(attempt).refund(attempt, amount, upto);
  }

  private of(attempt: PaymentAttempt): PaymentProvider {
    const provider = this.byName.get(attempt.provider);
    if (!provider) throw new Error(`payments of ${attempt.provider} are not set up`);
    return provider;
  }
}

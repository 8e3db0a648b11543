import { useState } from 'react';
import type { Discount } from '#libs/contracts';
import { minorUnits } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { Select } from '../../../ui/fields';
import { Field } from '../../../ui/parts';

type Kind = 'percent' | 'amount' | 'price';

const kindOf = (discount: Discount): Kind =>
  'percent' in discount ? 'percent' : 'amount' in discount ? 'amount' : 'price';
const figureOf = (discount: Discount): string => {
  if ('percent' in discount) return String(discount.percent);
  return String(('amount' in discount ? discount.amount : discount.price) / 100);
};

/** The discount that was typed; undefined while it is none. */
function discountOf(kind: Kind, typed: string): Discount | undefined {
  if (kind === 'percent') {
    const percent = Number(typed);
    return Number.isInteger(percent) && percent >= 1 && percent <= 100 ? { percent } : undefined;
  }
  const minor = minorUnits(typed.replace(',', '.').replaceAll(/\s/g, ''));
  if (minor === undefined) return undefined;
  return kind === 'amount' ? { amount: minor } : { price: minor };
}

/** Per cent off, a sum off, or the price itself. What was typed stays, also while it is no figure yet. */
export function DiscountFields({ value, onChange }: { value: Discount; onChange(value: Discount): void }) {
  const { t } = useWords();
  const [kind, setKind] = useState(kindOf(value));
  const [typed, setTyped] = useState(figureOf(value));
  const tell = (nextKind: Kind, next: string) => {
    setKind(nextKind);
    setTyped(next);
    const discount = discountOf(nextKind, next);
    if (discount) onChange(discount);
  };
  return (
    <>
      <Select label={t('sales.discount')} value={kind} onChange={(event) => tell(event.target.value as Kind, typed)}>
        <option value="percent">{t('sales.discount-percent')}</option>
        <option value="amount">{t('sales.discount-amount')}</option>
        <option value="price">{t('sales.discount-price')}</option>
      </Select>
      <Field
        label={kind === 'percent' ? t('sales.percent') : t('sales.tenge')}
        inputMode="decimal"
        value={typed}
        error={discountOf(kind, typed) ? undefined : t('sales.figure-wrong')}
        onChange={(event) => tell(kind, event.target.value)}
      />
    </>
  );
}

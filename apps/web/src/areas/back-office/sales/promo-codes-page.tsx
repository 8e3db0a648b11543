import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PromoCode, PromoCodeData } from '#libs/contracts';
import { formatMoney, formatShortDayTime, KZT, venueInstant, venueLocal } from '#libs/kernel';
import { ApiProblem } from '../../../api/client';
import { changePromoCode, makePromoCode, promoCodesQuery } from '../../../api/sales-office.api';
import { useSureDeed } from '../../../api/sure-deed';
import { useWords } from '../../../i18n';
import { type Column, DataTable, Trouble, TwoLines } from '../../../ui/data-table';
import { CheckBox } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { ListAndPanel, PageHead } from '../../../ui/overlays';
import { Button, Field, ui } from '../../../ui/parts';
import { useToast } from '../../../ui/toast';
import { useTitle } from '../../../ui/use-title';
import { LocalTextFields, NO_TEXT } from '../local-text-fields';
import { useEdition } from '../use-edition';
import { DiscountFields } from './discount-fields';
import styles from './sales.module.css';

const NEW = 'new';

/** Promo codes with their uses; a new one or a change opens beside the list. */
export function PromoCodesPage() {
  const { t, language } = useWords();
  useTitle(t('sales.promo-codes'));
  const { id, zone } = useEdition();
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({ ...promoCodesQuery(id), enabled: id !== '' });
  const columns: Column<PromoCode>[] = [
    {
      id: 'code',
      title: t('sales.promo-code'),
      names: true,
      cell: (code) => <TwoLines first={code.code} second={code.data.name[language]} />,
    },
    { id: 'off', title: t('sales.discount'), cell: (code) => discountWords(code.data, t) },
    {
      id: 'until',
      title: t('sales.valid-until'),
      cell: (code) =>
        code.data.validUntil ? formatShortDayTime(new Date(code.data.validUntil), zone, language) : t('sales.always'),
    },
    {
      id: 'used',
      title: t('sales.used'),
      figures: true,
      cell: (code) => (code.data.maxUses ? `${code.used} / ${code.data.maxUses}` : code.used),
    },
    {
      id: 'spent',
      title: t('sales.spent'),
      figures: true,
      cell: (code) => formatMoney({ amount: code.spent, currency: KZT }),
    },
  ];
  const chosen = data?.find((code) => code.id === open);
  return (
    <ListAndPanel
      label={t('sales.promo-code')}
      onBack={() => setOpen(null)}
      panel={
        open === NEW || chosen ? <PromoForm key={open} edition={id} code={chosen} onDone={() => setOpen(null)} /> : null
      }
      list={
        <>
          <PageHead title={t('sales.promo-codes')} lead={t('sales.promo-lead')}>
            <Button onClick={() => setOpen(NEW)}>
              <Icon name="plus" /> {t('sales.new-promo')}
            </Button>
          </PageHead>
          <DataTable
            caption={t('sales.promo-codes')}
            columns={columns}
            rows={data}
            rowId={(code) => code.id}
            rowName={(code) => code.code}
            error={error}
            onRetry={() => void refetch()}
            empty={{ title: t('sales.no-promo') }}
            open={{ id: open, onOpen: setOpen }}
          />
        </>
      }
    />
  );
}

function discountWords(data: PromoCodeData, t: (key: string, values?: Record<string, string>) => string): string {
  if (!data.discount) return t('sales.unlocks-only');
  if ('percent' in data.discount) return `−${data.discount.percent} %`;
  if ('amount' in data.discount) return `−${formatMoney({ amount: data.discount.amount, currency: KZT })}`;
  return t('sales.for-price', { sum: formatMoney({ amount: data.discount.price, currency: KZT }) });
}

function PromoForm({ edition, code, onDone }: { edition: string; code: PromoCode | undefined; onDone(): void }) {
  const { t } = useWords();
  const { zone } = useEdition();
  const client = useQueryClient();
  const tell = useToast();
  const surely = useSureDeed<unknown>();
  const [name, setName] = useState(code?.code ?? '');
  const [data, setData] = useState<PromoCodeData>(code?.data ?? { name: NO_TEXT, discount: { percent: 10 } });
  const set = (part: Partial<PromoCodeData>) => setData((now) => ({ ...now, ...part }));
  const save = useMutation({
    mutationFn: async () => {
      if (code) await changePromoCode(code.id, code.version, data);
      else await surely((key) => makePromoCode(edition, name.trim(), data, key));
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: promoCodesQuery(edition).queryKey });
      tell({ words: t('sales.promo-saved', { code: code?.code ?? name.trim() }) });
      onDone();
    },
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const at = (instant: string | undefined) => (instant ? venueLocal(new Date(instant), zone).slice(0, 16) : '');
  const number = (field: 'maxUses' | 'maxPerOrder', typed: string) => {
    const { [field]: _, ...rest } = data;
    setData(typed === '' ? rest : { ...rest, [field]: Math.round(Number(typed)) });
  };
  const instant = (field: 'validFrom' | 'validUntil', typed: string) => {
    const { [field]: _, ...rest } = data;
    setData(typed === '' ? rest : { ...rest, [field]: venueInstant(typed, zone).toISOString() });
  };
  return (
    <form
      className={ui.stack}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <h2>{code?.code ?? t('sales.new-promo')}</h2>
      {!code && (
        <Field
          label={t('sales.promo-code')}
          hint={t('sales.promo-hint')}
          value={name}
          required
          minLength={3}
          maxLength={40}
          error={problem?.field('code')}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      <LocalTextFields legend={t('sales.name')} value={data.name} onChange={(next) => set({ name: next })} />
      {data.discount && <DiscountFields value={data.discount} onChange={(discount) => set({ discount })} />}
      <div className={styles.three}>
        <Field
          label={t('sales.valid-from')}
          type="datetime-local"
          value={at(data.validFrom)}
          onChange={(event) => instant('validFrom', event.target.value)}
        />
        <Field
          label={t('sales.valid-until')}
          type="datetime-local"
          value={at(data.validUntil)}
          onChange={(event) => instant('validUntil', event.target.value)}
        />
        <Field
          label={t('sales.max-uses')}
          type="number"
          min={1}
          value={data.maxUses ?? ''}
          onChange={(event) => number('maxUses', event.target.value)}
        />
      </div>
      <Field
        label={t('sales.max-per-order')}
        type="number"
        min={1}
        max={60}
        value={data.maxPerOrder ?? ''}
        onChange={(event) => number('maxPerOrder', event.target.value)}
      />
      <CheckBox
        checked={data.onConcessions ?? false}
        onChange={(event) => set({ onConcessions: event.target.checked })}
      >
        {t('sales.on-concessions')}
      </CheckBox>
      {save.error && <Trouble error={save.error} />}
      <Button type="submit" busy={save.isPending}>
        {save.isPending ? t('sales.saving') : t('sales.save')}
      </Button>
    </form>
  );
}

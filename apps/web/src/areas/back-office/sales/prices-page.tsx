import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { PriceRules } from '#libs/contracts';
import { newId } from '#libs/kernel';
import { ApiProblem } from '../../../api/client';
import { priceRulesQuery, savePriceRules } from '../../../api/sales-office.api';
import { useWords } from '../../../i18n';
import { useSession } from '../../../session/use-session';
import { Trouble } from '../../../ui/data-table';
import { CheckBox } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { PageHead } from '../../../ui/overlays';
import { Button, Field, Notice, ui, Waiting } from '../../../ui/parts';
import { useToast } from '../../../ui/toast';
import { useTitle } from '../../../ui/use-title';
import { LocalTextFields, NO_TEXT } from '../local-text-fields';
import { useEdition } from '../use-edition';
import { DiscountFields } from './discount-fields';
import { PriceTrial } from './price-trial';
import { ReturnFields } from './return-fields';
import styles from './sales.module.css';

/** How the edition prices its tickets, beside what a basket would cost by the rules as they are written now. */
export function PricesPage() {
  const { t } = useWords();
  useTitle(t('sales.prices'));
  const { id } = useEdition();
  const { data, error, refetch } = useQuery({ ...priceRulesQuery(id), enabled: id !== '', staleTime: 0 });
  if (error && !data)
    return (
      <div className={ui.page}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!data) return <Waiting label={t('app.loading')} />;
  return <PriceEditor key={id} edition={id} version={data.version} saved={data.rules} />;
}

function PriceEditor({ edition, version, saved }: { edition: string; version: number; saved: PriceRules }) {
  const { t } = useWords();
  const { may } = useSession();
  const client = useQueryClient();
  const tell = useToast();
  const [rules, setRules] = useState(saved);
  const [seen, setSeen] = useState({ version, rules: saved });
  const changed = JSON.stringify(rules) !== JSON.stringify(seen.rules);
  const save = useMutation({
    mutationFn: (wanted: PriceRules) => savePriceRules(edition, seen.version, wanted),
    onSuccess: (after) => {
      const before = seen.rules;
      setSeen(after);
      setRules(after.rules);
      client.setQueryData(priceRulesQuery(edition).queryKey, after);
      tell({ words: t('sales.prices-saved'), undo: () => setRules(before) });
    },
  });
  const stale = save.error instanceof ApiProblem && save.error.status === 412;
  const reload = async () => {
    const now = await client.fetchQuery({ ...priceRulesQuery(edition), staleTime: 0 });
    setSeen(now);
    save.reset();
  };
  const set = (part: Partial<PriceRules>) => setRules((now) => ({ ...now, ...part }));
  return (
    <div className={styles.editor}>
      <div className={ui.stack}>
        <PageHead title={t('sales.prices')} lead={t('sales.prices-lead')}>
          {may('finance') && (
            <Button busy={save.isPending} aria-disabled={!changed} onClick={() => changed && save.mutate(rules)}>
              {save.isPending ? t('sales.saving') : t('sales.save')}
            </Button>
          )}
        </PageHead>
        {save.error && !stale && <Trouble error={save.error} />}
        {stale && (
          <Notice tone="warning" title={t('sales.prices-stale')}>
            <Button kind="quiet" onClick={() => void reload()}>
              {t('sales.prices-keep-mine')}
            </Button>
          </Notice>
        )}
        <Concessions rules={rules} onChange={(concessions) => set({ concessions })} />
        <Fees rules={rules} onChange={(fees) => set({ fees })} />
        <ReturnFields returns={rules.returns} onChange={(returns) => set({ returns })} />
      </div>
      <PriceTrial edition={edition} rules={rules} />
    </div>
  );
}

function Concessions({ rules, onChange }: { rules: PriceRules; onChange(next: PriceRules['concessions']): void }) {
  const { t, language } = useWords();
  const change = (id: string, part: Partial<PriceRules['concessions'][number]>) =>
    onChange(rules.concessions.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const add = () =>
    onChange([...rules.concessions, { id: `kind-${newId().slice(-6)}`, name: NO_TEXT, discount: { percent: 30 } }]);
  return (
    <section className={ui.stack} aria-labelledby="concessions">
      <h2 id="concessions" className={styles.sectionTitle}>
        {t('sales.concessions')}
      </h2>
      {rules.concessions.length === 0 && <p className="quiet">{t('sales.no-concessions')}</p>}
      {rules.concessions.map((one) => (
        <fieldset key={one.id} className={styles.card} aria-label={one.name[language] || t('sales.new-concession')}>
          <LocalTextFields legend={t('sales.name')} value={one.name} onChange={(name) => change(one.id, { name })} />
          <div className={styles.three}>
            <DiscountFields value={one.discount} onChange={(discount) => change(one.id, { discount })} />
          </div>
          <LocalTextFields
            legend={t('sales.proof')}
            value={one.proof ?? NO_TEXT}
            onChange={(proof) => {
              const { proof: _, ...rest } = one;
              const empty = !proof.kk && !proof.ru && !proof.en;
              onChange(rules.concessions.map((other) => (other === one ? (empty ? rest : { ...one, proof }) : other)));
            }}
          />
          <CheckBox
            checked={one.hidden ?? false}
            hint={t('sales.hidden-hint')}
            onChange={(event) => change(one.id, { hidden: event.target.checked })}
          >
            {t('sales.hidden')}
          </CheckBox>
          <Button kind="quiet" onClick={() => onChange(rules.concessions.filter((other) => other !== one))}>
            {t('sales.remove', { what: one.name[language] || t('sales.new-concession') })}
          </Button>
        </fieldset>
      ))}
      <Button kind="outline" onClick={add}>
        <Icon name="plus" /> {t('sales.add-concession')}
      </Button>
    </section>
  );
}

function Fees({ rules, onChange }: { rules: PriceRules; onChange(next: PriceRules['fees']): void }) {
  const { t, language } = useWords();
  const change = (id: string, part: Partial<PriceRules['fees'][number]>) =>
    onChange(rules.fees.map((fee) => (fee.id === id ? { ...fee, ...part } : fee)));
  return (
    <section className={ui.stack} aria-labelledby="fees">
      <h2 id="fees" className={styles.sectionTitle}>
        {t('sales.fees')}
      </h2>
      {rules.fees.length === 0 && <p className="quiet">{t('sales.no-fees')}</p>}
      {rules.fees.map((fee) => (
        <fieldset key={fee.id} className={styles.card} aria-label={fee.name[language] || t('sales.fees')}>
          <LocalTextFields legend={t('sales.name')} value={fee.name} onChange={(name) => change(fee.id, { name })} />
          <Field
            label={fee.per === 'ticket' ? t('sales.fee-ticket') : t('sales.fee-order')}
            type="number"
            min={0}
            value={fee.amount / 100}
            onChange={(event) => change(fee.id, { amount: Math.round(Number(event.target.value) * 100) })}
          />
          <CheckBox
            checked={fee.per === 'ticket'}
            onChange={(event) => change(fee.id, { per: event.target.checked ? 'ticket' : 'order' })}
          >
            {t('sales.fee-per-ticket')}
          </CheckBox>
          <Button kind="quiet" onClick={() => onChange(rules.fees.filter((other) => other !== fee))}>
            {t('sales.remove', { what: fee.name[language] || t('sales.fees') })}
          </Button>
        </fieldset>
      ))}
      <Button
        kind="outline"
        onClick={() =>
          onChange([...rules.fees, { id: `fee-${newId().slice(-6)}`, name: NO_TEXT, per: 'order', amount: 10_000 }])
        }
      >
        <Icon name="plus" /> {t('sales.add-fee')}
      </Button>
    </section>
  );
}

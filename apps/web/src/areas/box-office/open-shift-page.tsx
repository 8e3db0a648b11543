import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Shift } from '#libs/contracts';
import { formatMoney, KZT } from '#libs/kernel';
import { myShiftQuery, openShift, tillsQuery } from '../../api/counter-shifts.api';
import { useSureDeed } from '../../api/sure-deed';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { RadioCards } from '../../ui/fields';
import { Empty, ui, Waiting } from '../../ui/parts';
import { useTitle } from '../../ui/use-title';
import { type Counts, countedSum } from './cash.rules';
import styles from './counter.module.css';
import { CounterButton } from './counter-button';
import { Denominations } from './denominations';
import { useKeys } from './keys';
import { useNames, useTold } from './told';

const KEPT = 'seans.counter.till';

/** A shift begins: at which till, and with how much in its drawer. */
export function OpenShiftPage({ editionId }: { editionId: string }) {
  const { t } = useWords();
  useTitle(t('counter.open-shift'));
  useKeys('elsewhere', () => undefined);
  const client = useQueryClient();
  const { time } = useTold();
  const { data: tills, error, refetch } = useQuery(tillsQuery(editionId));
  const nameOf = useNames(tills?.map((till) => till.shift?.clerk) ?? []);
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEPT) ?? undefined);
  const [counts, setCounts] = useState<Counts>({});
  const surely = useSureDeed<Shift>();
  const free = tills?.filter((till) => !till.shift) ?? [];
  const till = free.find(({ name }) => name === chosen)?.name ?? (free.length === 1 ? free[0]?.name : undefined);
  const openingFloat = countedSum(counts);
  const open = useMutation({
    mutationFn: (name: string) => surely((key) => openShift({ editionId, till: name, openingFloat }, key)),
    onSuccess: (shift, name) => {
      localStorage.setItem(KEPT, name);
      client.setQueryData(myShiftQuery(editionId).queryKey, shift);
    },
    onError: () => client.invalidateQueries({ queryKey: tillsQuery(editionId).queryKey }),
  });
  if (error && !tills)
    return (
      <div className={ui.page}>
        <Trouble error={error} onRetry={() => void refetch()} />
      </div>
    );
  if (!tills) return <Waiting label={t('app.loading')} />;
  return (
    <form
      className={styles.page}
      onSubmit={(event) => {
        event.preventDefault();
        if (till) open.mutate(till);
      }}
    >
      <h1>{t('counter.open-shift')}</h1>
      {tills.length === 0 && <Empty title={t('counter.no-tills')} />}
      <div className={styles.two}>
        <RadioCards
          legend={t('counter.which-till')}
          value={till}
          onChoose={setChosen}
          options={tills.map(({ name, shift }) => ({
            value: name,
            label: t('counter.till', { till: name }),
            disabled: shift !== null,
            ...(shift && {
              hint: t('counter.till-taken', {
                clerk: nameOf(shift.clerk),
                time: time(shift.openedAt),
              }),
            }),
          }))}
        />
        <Denominations legend={t('counter.float')} counts={counts} onChange={setCounts} />
      </div>
      {open.error && <Trouble error={open.error} />}
      <CounterButton type="submit" look="main" icon="key" busy={open.isPending || !till}>
        {open.isPending
          ? t('counter.opening')
          : t('counter.open-with', { sum: formatMoney({ amount: openingFloat, currency: KZT }) })}
      </CounterButton>
    </form>
  );
}

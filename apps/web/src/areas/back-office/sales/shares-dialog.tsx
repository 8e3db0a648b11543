import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AllocationUse } from '#libs/contracts';
import { newId, venueInstant, venueLocal } from '#libs/kernel';
import { allocationsQuery, saveShares, screeningTagQuery } from '../../../api/sales-office.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { Select } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { Button, Dialog, Field, ui } from '../../../ui/parts';
import { useEdition } from '../use-edition';
import styles from './sales.module.css';

const CLASSES = ['public', 'press', 'industry', 'guest', 'jury', 'sponsor', 'film-team', 'box-office'] as const;

type Share = AllocationUse['allocations'][number];

/** Who may take how many seats, from when until when, and where an allocation that is full goes on. */
export function SharesDialog({ use, open, onClose }: { use: AllocationUse; open: boolean; onClose(): void }) {
  const { t } = useWords();
  return (
    <Dialog open={open} label={t('sales.edit-shares')} onClose={onClose}>
      <SharesForm use={use} onDone={onClose} />
    </Dialog>
  );
}

function SharesForm({ use, onDone }: { use: AllocationUse; onDone(): void }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [shares, setShares] = useState<Share[]>(use.allocations);
  const { data: version } = useQuery(screeningTagQuery(use.screeningId));
  const given = shares.reduce((sum, share) => sum + share.capacity, 0);
  const save = useMutation({
    mutationFn: () =>
      saveShares(
        use.screeningId,
        version!,
        shares.map(({ used: _, window: _window, ...share }) => share),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: allocationsQuery(use.screeningId).queryKey });
      onDone();
    },
  });
  const change = (id: string, part: Partial<Share>) =>
    setShares((now) => now.map((share) => (share.id === id ? { ...share, ...part } : share)));
  const add = () =>
    setShares((now) => [
      ...now,
      {
        id: `share-${newId().slice(-6)}`,
        classes: [CLASSES.find((one) => !now.some((share) => share.classes.includes(one))) ?? 'guest'],
        capacity: 0,
        used: 0,
        window: 'open',
        overflow: [],
      },
    ]);
  return (
    <form
      className={ui.stack}
      onSubmit={(event) => {
        event.preventDefault();
        if (version !== undefined) save.mutate();
      }}
    >
      <h2>{t('sales.edit-shares')}</h2>
      <p className={given > use.seats ? styles.over : 'quiet'} aria-live="polite">
        {t('sales.given-of', { given, seats: use.seats })}
      </p>
      {shares.map((share) => (
        <ShareFields
          key={share.id}
          share={share}
          others={shares.filter((one) => one !== share)}
          onChange={(part) => change(share.id, part)}
          onRemove={share.used === 0 ? () => setShares((now) => now.filter((one) => one !== share)) : undefined}
        />
      ))}
      <Button kind="quiet" onClick={add}>
        <Icon name="plus" /> {t('sales.add-share')}
      </Button>
      {save.error && <Trouble error={save.error} />}
      <Button type="submit" busy={save.isPending} aria-disabled={given > use.seats}>
        {save.isPending ? t('sales.saving') : t('sales.save')}
      </Button>
    </form>
  );
}

function ShareFields({
  share,
  others,
  onChange,
  onRemove,
}: {
  share: Share;
  others: Share[];
  onChange(part: Partial<Share>): void;
  onRemove: (() => void) | undefined;
}) {
  const { t } = useWords();
  const { zone } = useEdition();
  const name = (one: Share) => one.classes.map((each) => t(`sales.class-${each}`)).join(', ');
  const local = (instant: string | undefined) => (instant ? venueLocal(new Date(instant), zone) : '');
  const at = (typed: string) => (typed ? venueInstant(typed, zone).toISOString() : undefined);
  return (
    <fieldset className={styles.card} aria-label={name(share)}>
      <div className={styles.three}>
        {share.classes.length === 1 ? (
          <Select
            label={t('sales.share')}
            value={share.classes[0]}
            onChange={(event) => onChange({ classes: [event.target.value] })}
          >
            {CLASSES.map((one) => (
              <option key={one} value={one}>
                {t(`sales.class-${one}`)}
              </option>
            ))}
          </Select>
        ) : (
          <strong>{name(share)}</strong>
        )}
        <Field
          label={t('sales.capacity')}
          hint={t('sales.taken-now', { n: share.used })}
          type="number"
          min={share.used}
          value={share.capacity}
          onChange={(event) => onChange({ capacity: Math.max(0, Math.round(Number(event.target.value))) })}
        />
        <Select
          label={t('sales.overflow')}
          value={share.overflow[0] ?? ''}
          onChange={(event) => onChange({ overflow: event.target.value ? [event.target.value] : [] })}
        >
          <option value="">{t('sales.nowhere')}</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {name(one)}
            </option>
          ))}
        </Select>
      </div>
      <div className={styles.three}>
        <Field
          label={t('sales.opens')}
          type="datetime-local"
          value={local(share.opensAt)}
          onChange={(event) => onChange({ opensAt: at(event.target.value) })}
        />
        <Field
          label={t('sales.closes')}
          type="datetime-local"
          value={local(share.closesAt)}
          onChange={(event) => onChange({ closesAt: at(event.target.value) })}
        />
      </div>
      {onRemove && (
        <Button kind="quiet" onClick={onRemove}>
          {t('sales.remove', { what: name(share) })}
        </Button>
      )}
    </fieldset>
  );
}

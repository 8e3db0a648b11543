import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { DoorRules, HousePage } from '#libs/contracts';
import { housePageQuery, setDoorRules } from '../../../../api/tickets-house.api';
import { useWords } from '../../../../i18n';
import { Trouble } from '../../../../ui/data-table';
import { Select } from '../../../../ui/fields';
import { Button, Field } from '../../../../ui/parts';
import { useToast } from '../../../../ui/toast';
import styles from './house.module.css';

const REENTRY = ['none', 'same-day', 'always'] as const;
const PHOTO = ['none', 'random', 'required'] as const;
type PhotoKind = (typeof PHOTO)[number];
const OFTEN = 10;

/** Who may come back, whose photo is looked at, how many may be inside; what is left open is the edition's. */
export function DoorRulesForm({ house }: { house: HousePage }) {
  const { t } = useWords();
  const tell = useToast();
  const client = useQueryClient();
  const { rules, screening } = house;
  const [reentry, setReentry] = useState<DoorRules['reentry'] | ''>(rules.reentry ?? '');
  const [photo, setPhoto] = useState<PhotoKind | ''>(rules.photo?.kind ?? '');
  const [percent, setPercent] = useState(String(rules.photo?.kind === 'random' ? rules.photo.percent : OFTEN));
  const [capacity, setCapacity] = useState(rules.capacity === undefined ? '' : String(rules.capacity));
  const save = useMutation({
    mutationFn: (said: DoorRules) => setDoorRules(screening.id, said),
    onSuccess: (page) => {
      client.setQueryData(housePageQuery(screening.id).queryKey, page);
      tell({ words: t('house.rules-saved') });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate({
      ...(reentry && { reentry }),
      ...(photo && { photo: photo === 'random' ? { kind: photo, percent: Number(percent) } : { kind: photo } }),
      ...(capacity !== '' && { capacity: Number(capacity) }),
    });
  }
  return (
    <section className={styles.part} aria-labelledby="rules">
      <h2 id="rules">{t('house.rules')}</h2>
      <form className={styles.rules} onSubmit={submit}>
        <Select
          label={t('house.reentry')}
          value={reentry}
          onChange={(event) => setReentry(event.target.value as DoorRules['reentry'] | '')}
        >
          <option value="">{t('house.as-edition')}</option>
          {REENTRY.map((one) => (
            <option key={one} value={one}>
              {t(`house.reentry-${one}`)}
            </option>
          ))}
        </Select>
        <Select
          label={t('house.photo')}
          value={photo}
          onChange={(event) => setPhoto(event.target.value as PhotoKind | '')}
        >
          <option value="">{t('house.as-edition')}</option>
          {PHOTO.map((one) => (
            <option key={one} value={one}>
              {t(`house.photo-${one}`)}
            </option>
          ))}
        </Select>
        {photo === 'random' && (
          <Field
            label={t('house.photo-percent')}
            type="number"
            inputMode="numeric"
            min={1}
            max={100}
            required
            value={percent}
            onChange={(event) => setPercent(event.target.value)}
          />
        )}
        <Field
          label={t('house.capacity')}
          hint={t('house.capacity-hint')}
          type="number"
          inputMode="numeric"
          min={0}
          max={100_000}
          value={capacity}
          onChange={(event) => setCapacity(event.target.value)}
        />
        <div className={styles.deeds}>
          <Button type="submit" kind="outline" busy={save.isPending}>
            {t('house.save-rules')}
          </Button>
        </div>
        {save.error && <Trouble error={save.error} />}
      </form>
    </section>
  );
}

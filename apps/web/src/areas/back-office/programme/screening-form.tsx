import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import type { OfficeProgramme, ScreeningDetail } from '#libs/contracts';
import { ApiProblem } from '../../../api/client';
import { checkQuery, createScreening, patchScreening, screeningQuery } from '../../../api/office-programme.api';
import { useSureDeed } from '../../../api/sure-deed';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { CheckBox, RadioCards, Select } from '../../../ui/fields';
import { Button, buttonClass, Field, Notice } from '../../../ui/parts';
import { isEmpty, LocalTextFields } from '../local-text-fields';
import { CheckResult } from './check-result';
import styles from './forms.module.css';
import { ItemsField, readyItems } from './items-field';
import { PlaceFields } from './place-fields';
import { checkOf, createdOf, type Draft, draftOf, patchOf, startOf } from './screening-draft';
import { TimeFields } from './time-fields';
import { TonguesField } from './tongues-field';
import { useOffice } from './use-office';

const RATINGS = ['0+', '6+', '12+', '14+', '16+', '18+', '21+'];

interface FormProps {
  programme: OfficeProgramme;
  /** What is changed, with the tag of what was seen; nothing for a new one. */
  kept?: { screening: ScreeningDetail; tag: string };
}

/** The form keeps what was typed whatever the server answers; clashes are shown while one types. */
export function ScreeningForm({ programme, kept }: FormProps) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const { changed } = useOffice();
  const [seen, setSeen] = useState(kept);
  const one = seen?.screening;
  const [draft, setDraft] = useState<Draft>(() => draftOf(programme, search.get('day') ?? '', one));
  const [tried, setTried] = useState(false);
  const surely = useSureDeed<{ id: string }>();
  const set = <K extends keyof Draft>(name: K, value: Draft[K]) => setDraft((before) => ({ ...before, [name]: value }));
  const settled = checkOf(programme, draft, one?.id);
  const { data: check, error: unchecked } = useQuery(checkQuery(settled));
  const startsAt = startOf(programme, draft);
  const fixed = one !== undefined && one.state !== 'draft';
  const save = useMutation({
    mutationFn: (tag: string | undefined) =>
      one
        ? patchScreening(one.id, tag ?? seen!.tag, patchOf(programme, draft, one))
        : surely((key) => createScreening(createdOf(programme, draft, startsAt!), key)),
    onSuccess: async (saved) => {
      await changed();
      navigate(`/office/programme?open=${saved.id}`);
    },
  });
  const incomplete = !startsAt || (readyItems(draft.items).length === 0 && isEmpty(draft.title));
  const stale = save.error instanceof ApiProblem && save.error.code === 'changed-meanwhile';
  const hour = check?.problems.find(({ field, draft: only }) => field === 'startsAt' && !only);
  const zone = programme.venues.find(({ halls }) => halls.some(({ id }) => id === draft.hallId))?.timezone ?? 'UTC';
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!incomplete && !save.isPending) save.mutate(undefined);
      }}
    >
      <ItemsField programme={programme} items={draft.items} onChange={(items) => set('items', items)} />
      {fixed ? (
        <Notice title={t('edit.moved-by-assistant')}>
          <Link className={buttonClass('quiet')} to={`/office/programme/screenings/${one.id}/move`}>
            {t('verb.move')}
          </Link>
        </Notice>
      ) : (
        <fieldset className={styles.group}>
          <legend>{t('edit.when-where')}</legend>
          <TimeFields
            from={programme.edition.from}
            to={programme.edition.to}
            value={draft.when}
            error={tried && !startsAt ? t('time.needed') : hour?.reason[language]}
            onChange={(when) => set('when', when)}
          />
          <PlaceFields
            programme={programme}
            hallId={draft.hallId}
            planId={draft.planId}
            onChange={(place) => setDraft((before) => ({ ...before, ...place }))}
          />
        </fieldset>
      )}
      {check && settled && <CheckResult check={check} zone={zone} />}
      {unchecked && !(unchecked instanceof ApiProblem && unchecked.code === 'screening-empty') && (
        <Trouble error={unchecked} />
      )}
      <LocalTextFields
        legend={t('edit.title')}
        hint={t('edit.title-hint')}
        value={draft.title}
        onChange={(title) => set('title', title)}
      />
      <RadioCards
        legend={t('panel.visibility')}
        value={draft.visibility}
        onChoose={(visibility) => set('visibility', visibility)}
        options={(['public', 'accredited', 'invitation'] as const).map((value) => ({
          value,
          label: t(`visibility.${value}`),
          hint: t(`visibility-hint.${value}`),
        }))}
      />
      <div className={styles.pair}>
        <Select
          label={t('edit.section')}
          value={draft.sectionId}
          onChange={({ target }) => set('sectionId', target.value)}
        >
          <option value="">{t('edit.section-of-film')}</option>
          {programme.sections.map((section) => (
            <option key={section.id} value={section.id}>
              {section.name[language]}
            </option>
          ))}
        </Select>
        <Select
          label={t('panel.age')}
          hint={t('edit.age-hint')}
          value={draft.ageRating}
          onChange={({ target }) => set('ageRating', target.value)}
        >
          <option value="">{t('edit.age-of-film')}</option>
          {RATINGS.map((rating) => (
            <option key={rating}>{rating}</option>
          ))}
        </Select>
      </div>
      <TonguesField
        legend={t('panel.languages')}
        value={draft.languages}
        onChange={(value) => set('languages', value)}
      />
      <TonguesField
        legend={t('panel.subtitles')}
        value={draft.subtitles}
        only={one ? undefined : ['kk', 'ru', 'en']}
        onChange={(value) => set('subtitles', value)}
      />
      <TonguesField
        legend={t('panel.audio-description')}
        value={draft.audioDescription}
        onChange={(value) => set('audioDescription', value)}
      />
      <TonguesField legend={t('panel.captions')} value={draft.captions} onChange={(value) => set('captions', value)} />
      {one && (
        <div className={styles.pair}>
          <Field
            label={t('edit.doors-before')}
            type="number"
            min={0}
            max={240}
            value={draft.doorsBefore}
            onChange={({ target }) => set('doorsBefore', target.value)}
          />
          <Field
            label={t('edit.late-entry')}
            type="number"
            min={0}
            max={240}
            value={draft.lateEntryFor}
            onChange={({ target }) => set('lateEntryFor', target.value)}
          />
        </div>
      )}
      <div className={styles.pair}>
        <Select
          label={t('edit.prices')}
          hint={check && t('edit.categories', { list: check.categories.join(', ') })}
          value={draft.priceList}
          onChange={({ target }) => set('priceList', target.value)}
        >
          <option value="">{one ? t('edit.prices-as-they-are') : t('edit.no-prices')}</option>
          {programme.priceLists.map((list) => (
            <option key={list.id}>{list.id}</option>
          ))}
        </Select>
        {!one && (
          <Select
            label={t('edit.shares')}
            hint={t('edit.shares-hint')}
            value={draft.allocationList}
            onChange={({ target }) => set('allocationList', target.value)}
          >
            <option value="">{t('edit.no-shares')}</option>
            {programme.allocationLists.map((list) => (
              <option key={list.id} value={list.id}>
                {list.id} · {list.shares.map((share) => `${share.id} ${share.capacity ?? '…'}`).join(', ')}
              </option>
            ))}
          </Select>
        )}
      </div>
      {one && (
        <CheckBox
          checked={draft.highlight}
          hint={t('edit.highlight-hint')}
          onChange={({ target }) => set('highlight', target.checked)}
        >
          {t('edit.highlight')}
        </CheckBox>
      )}
      {tried && incomplete && <Notice tone="error" title={t('edit.incomplete')} />}
      {save.error && <Trouble error={save.error} />}
      {stale && one && (
        <Button
          kind="outline"
          busy={save.isPending}
          onClick={async () => {
            const now = await screeningQuery(one.id).queryFn!({} as never);
            setSeen(now);
            save.mutate(now.tag);
          }}
        >
          {t('edit.save-mine')}
        </Button>
      )}
      <div className={styles.buttons}>
        <Button type="submit" busy={save.isPending}>
          {save.isPending ? t('edit.saving') : one ? t('edit.save') : t('edit.save-draft')}
        </Button>
        <Link className={buttonClass('outline')} to={`/office/programme${one ? `?open=${one.id}` : ''}`}>
          {t('ui.leave-it')}
        </Link>
      </div>
    </form>
  );
}

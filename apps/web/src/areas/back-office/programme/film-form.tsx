import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { FilmView, OfficeProgramme } from '#libs/contracts';
import { LANGUAGES } from '#libs/kernel';
import { ApiProblem } from '../../../api/client';
import { putFilm, removeEntry } from '../../../api/office-programme.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { Select, TextArea } from '../../../ui/fields';
import { ConfirmDialog } from '../../../ui/overlays';
import { Button, buttonClass, Field, Notice } from '../../../ui/parts';
import { filled, isEmpty, LocalTextFields, NO_TEXT } from '../local-text-fields';
import styles from './forms.module.css';
import { slugOf } from './slug';
import { TonguesField } from './tongues-field';
import { useOffice } from './use-office';

const RATINGS = ['0+', '6+', '12+', '14+', '16+', '18+', '21+'];
const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
const codes = (text: string) =>
  text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter(Boolean);

function draftOf(film: FilmView | undefined) {
  const people = film?.directors ?? { kk: [], ru: [], en: [] };
  return {
    title: film?.title ?? NO_TEXT,
    original: film?.original ?? '',
    directors: { kk: people.kk.join('\n'), ru: people.ru.join('\n'), en: people.en.join('\n') },
    cast: film?.cast.join('\n') ?? '',
    countries: film?.countries?.join(', ') ?? '',
    year: `${film?.year ?? ''}`,
    minutes: `${film?.minutes ?? ''}`,
    languages: film?.languages ?? [],
    ageRating: film?.ageRating ?? '',
    sectionId: film?.sectionId ?? '',
    logline: film?.logline ?? NO_TEXT,
    identifier: film?.identifier ?? '',
  };
}

/** A film in the three languages. What is typed stays whatever the server answers. */
export function FilmForm({ programme, film }: { programme: OfficeProgramme; film?: FilmView & { tag: string } }) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const { changed } = useOffice();
  const [draft, setDraft] = useState(() => draftOf(film));
  const [tag, setTag] = useState(film?.tag ?? null);
  const [tried, setTried] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const set = <K extends keyof typeof draft>(name: K, value: (typeof draft)[K]) =>
    setDraft((before) => ({ ...before, [name]: value }));
  const id = film?.id ?? slugOf(draft.title.en || draft.title.ru || draft.title.kk || draft.original);
  const done = async () => {
    await changed();
    navigate('/office/programme/films');
  };
  const save = useMutation({
    mutationFn: (seen: string | null) => {
      const title = filled(draft.title);
      const directors = lines(draft.directors.ru || draft.directors.en || draft.directors.kk);
      const of = (text: string) => (lines(text).length > 0 ? lines(text) : directors);
      return putFilm(
        programme.edition.id,
        id,
        {
          title,
          original: draft.original.trim() || null,
          directors: { kk: of(draft.directors.kk), ru: of(draft.directors.ru), en: of(draft.directors.en) },
          cast: lines(draft.cast),
          countries: codes(draft.countries).length > 0 ? codes(draft.countries) : null,
          year: Number(draft.year),
          minutes: Number(draft.minutes),
          languages: draft.languages.length > 0 ? draft.languages : null,
          ageRating: draft.ageRating || null,
          sectionId: draft.sectionId || null,
          logline: isEmpty(draft.logline) ? title : filled(draft.logline),
          ...(draft.identifier.trim() ? { identifier: draft.identifier.trim() } : {}),
        },
        seen,
      );
    },
    onSuccess: done,
  });
  const remove = useMutation({
    mutationFn: () => removeEntry(programme.edition.id, 'films', film!.id),
    onSuccess: done,
  });
  const problem = save.error instanceof ApiProblem ? save.error : undefined;
  const incomplete = id === '' || !(Number(draft.year) > 1887) || !(Number(draft.minutes) > 0);
  const newest = programme.films.find((one) => one.id === film?.id)?.tag;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!incomplete && !save.isPending) save.mutate(tag);
      }}
    >
      <LocalTextFields
        legend={t('film.title')}
        value={draft.title}
        error={tried && id === '' ? t('film.title-needed') : undefined}
        onChange={(title) => set('title', title)}
      />
      <Field
        label={t('film.original')}
        value={draft.original}
        onChange={({ target }) => set('original', target.value)}
      />
      <fieldset className={styles.group}>
        <legend>{t('film.directors')}</legend>
        <p className={styles.quiet}>{t('film.one-a-line')}</p>
        <div className={styles.three}>
          {LANGUAGES.map((code) => (
            <TextArea
              key={code}
              lang={code}
              label={t(`tongue.${code}`)}
              value={draft.directors[code]}
              onChange={({ target }) => set('directors', { ...draft.directors, [code]: target.value })}
            />
          ))}
        </div>
      </fieldset>
      <div className={styles.pair}>
        <Field
          label={t('film.year')}
          type="number"
          min={1888}
          max={2100}
          value={draft.year}
          error={problem?.field('year') ?? (tried && !(Number(draft.year) > 1887) ? t('film.year-needed') : undefined)}
          onChange={({ target }) => set('year', target.value)}
        />
        <Field
          label={t('items.minutes')}
          type="number"
          min={1}
          max={1440}
          value={draft.minutes}
          error={
            problem?.field('minutes') ?? (tried && !(Number(draft.minutes) > 0) ? t('film.minutes-needed') : undefined)
          }
          onChange={({ target }) => set('minutes', target.value)}
        />
        <Field
          label={t('film.countries')}
          hint={t('film.countries-hint')}
          value={draft.countries}
          error={problem?.problem.errors?.find(({ field }) => field.startsWith('countries'))?.reason}
          onChange={({ target }) => set('countries', target.value)}
        />
        <Select
          label={t('edit.section')}
          value={draft.sectionId}
          onChange={({ target }) => set('sectionId', target.value)}
        >
          <option value="">—</option>
          {programme.sections.map((section) => (
            <option key={section.id} value={section.id}>
              {section.name[language]}
            </option>
          ))}
        </Select>
        <Select
          label={t('panel.age')}
          hint={t('film.age-hint')}
          value={draft.ageRating}
          onChange={({ target }) => set('ageRating', target.value)}
        >
          <option value="">{t('panel.rating-pending')}</option>
          {RATINGS.map((rating) => (
            <option key={rating}>{rating}</option>
          ))}
        </Select>
        <Field
          label={t('film.identifier')}
          hint={t('film.identifier-hint')}
          value={draft.identifier}
          error={problem?.field('identifier')}
          onChange={({ target }) => set('identifier', target.value)}
        />
      </div>
      <TonguesField
        legend={t('panel.languages')}
        value={draft.languages}
        onChange={(value) => set('languages', value)}
      />
      <TextArea
        label={t('film.cast')}
        hint={t('film.one-a-line')}
        value={draft.cast}
        onChange={({ target }) => set('cast', target.value)}
      />
      <LocalTextFields
        legend={t('film.logline')}
        lines
        value={draft.logline}
        onChange={(logline) => set('logline', logline)}
      />
      {tried && incomplete && <Notice tone="error" title={t('edit.incomplete')} />}
      {save.error && <Trouble error={save.error} />}
      {problem?.code === 'changed-meanwhile' && newest && newest !== tag && (
        <Button
          kind="outline"
          onClick={() => {
            setTag(newest);
            save.mutate(newest);
          }}
        >
          {t('edit.save-mine')}
        </Button>
      )}
      <div className={styles.buttons}>
        <Button type="submit" busy={save.isPending}>
          {save.isPending ? t('edit.saving') : t('edit.save')}
        </Button>
        <Link className={buttonClass('outline')} to="/office/programme/films">
          {t('ui.leave-it')}
        </Link>
        {film && (
          <Button kind="quiet" onClick={() => setDeleting(true)}>
            {t('film.delete')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={deleting}
        title={t('film.delete-title')}
        verb={t('film.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={() => setDeleting(false)}
      >
        <p>{t('film.delete-what')}</p>
        {remove.error && <Trouble error={remove.error} />}
      </ConfirmDialog>
    </form>
  );
}

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { OfficeProgramme } from '#libs/contracts';
import { daysBetween, formatShortDay } from '#libs/kernel';
import { putEvent, removeEntry } from '../../../api/office-programme.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { Select, TextArea } from '../../../ui/fields';
import { Button } from '../../../ui/parts';
import { filled, LocalTextFields, NO_TEXT } from '../local-text-fields';
import styles from './forms.module.css';
import { slugOf } from './slug';
import { useOffice } from './use-office';

type Event = OfficeProgramme['events'][number];

const KINDS = ['ceremony', 'press-conference', 'round-table', 'talk', 'photo-call'] as const;

/** Something of the festival without a film. */
export function EventForm({ programme, event, onDone }: { programme: OfficeProgramme; event?: Event; onDone(): void }) {
  const { t, language } = useWords();
  const { changed } = useOffice();
  const [title, setTitle] = useState(event?.title ?? NO_TEXT);
  const [kind, setKind] = useState(event?.kind ?? 'ceremony');
  const [date, setDate] = useState(event?.date ?? '');
  const [venueId, setVenueId] = useState(event?.venueId ?? '');
  const [people, setPeople] = useState(event?.people.join('\n') ?? '');
  const id = event?.id ?? slugOf(title.en || title.ru || title.kk);
  const done = async () => {
    await changed();
    onDone();
  };
  const save = useMutation({
    mutationFn: () =>
      putEvent(
        programme.edition.id,
        id,
        {
          kind,
          title: filled(title),
          date: date || null,
          venueId: venueId || null,
          filmIds: event?.filmIds ?? [],
          people: people
            .split('\n')
            .map((line) => line.trim())
            .filter(Boolean),
        },
        event?.tag ?? null,
      ),
    onSuccess: done,
  });
  const remove = useMutation({
    mutationFn: () => removeEntry(programme.edition.id, 'events', event!.id),
    onSuccess: done,
  });
  const days = [
    ...new Set([...daysBetween(programme.edition.from, programme.edition.to), date].filter(Boolean)),
  ].sort();
  const error = save.error ?? remove.error;
  return (
    <form
      className={styles.form}
      onSubmit={(submitted) => {
        submitted.preventDefault();
        if (id !== '' && !save.isPending) save.mutate();
      }}
    >
      <h2>{event?.title[language] ?? t('events.add')}</h2>
      <LocalTextFields legend={t('items.name')} value={title} onChange={setTitle} />
      <Select label={t('items.kind')} value={kind} onChange={({ target }) => setKind(target.value)}>
        {!(KINDS as readonly string[]).includes(kind) && <option>{kind}</option>}
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {t(`item.${one}`)}
          </option>
        ))}
      </Select>
      <Select label={t('time.day')} value={date} onChange={({ target }) => setDate(target.value)}>
        <option value="">—</option>
        {days.map((day) => (
          <option key={day} value={day}>
            {formatShortDay(day, language)}
          </option>
        ))}
      </Select>
      <Select label={t('events.venue')} value={venueId} onChange={({ target }) => setVenueId(target.value)}>
        <option value="">—</option>
        {programme.venues.map((venue) => (
          <option key={venue.id} value={venue.id}>
            {venue.name[language]}
          </option>
        ))}
      </Select>
      <TextArea
        label={t('events.people')}
        hint={t('film.one-a-line')}
        value={people}
        onChange={({ target }) => setPeople(target.value)}
      />
      {error && <Trouble error={error} />}
      <div className={styles.buttons}>
        <Button type="submit" busy={save.isPending} aria-disabled={id === ''}>
          {t('edit.save')}
        </Button>
        {event && (
          <Button kind="quiet" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('events.delete')}
          </Button>
        )}
      </div>
    </form>
  );
}

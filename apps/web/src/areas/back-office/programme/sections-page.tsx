import { useState } from 'react';
import { formatDate } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { DataTable, TwoLines } from '../../../ui/data-table';
import { Icon, SectionSign } from '../../../ui/icon';
import { ListAndPanel, PageHead } from '../../../ui/overlays';
import { Button } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { EventForm } from './event-form';
import styles from './forms.module.css';
import { SectionForm } from './section-form';
import { useOffice } from './use-office';
import { Ways } from './ways';

type Open = { kind: 'section' | 'event'; id: string | null } | null;

/** Sections, and what happens at the festival without a film. */
export default function SectionsPage() {
  const { t, language, count } = useWords();
  useTitle(t('programme.sections'));
  const { editions, edition, programme, error, again } = useOffice();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const films = (id: string) => programme?.films.filter((film) => film.sectionId === id).length ?? 0;
  const id = (kind: 'section' | 'event') => (open?.kind === kind ? open.id : null);
  const panel =
    !open || !programme ? null : open.kind === 'section' ? (
      <SectionForm
        key={open.id}
        programme={programme}
        section={programme.sections.find((one) => one.id === open.id)}
        onDone={close}
      />
    ) : (
      <EventForm
        key={open.id}
        programme={programme}
        event={programme.events.find((one) => one.id === open.id)}
        onDone={close}
      />
    );
  return (
    <ListAndPanel
      label={t('programme.sections')}
      onBack={close}
      panel={panel}
      list={
        <>
          <PageHead title={t('programme.sections')} />
          <Ways editions={editions} edition={edition} />
          <section className={styles.wide}>
            <div className={styles.between}>
              <h2>{t('sections.title')}</h2>
              <Button kind="outline" onClick={() => setOpen({ kind: 'section', id: null })}>
                <Icon name="plus" /> {t('sections.add')}
              </Button>
            </div>
            <DataTable
              caption={t('sections.title')}
              rows={programme?.sections}
              rowId={(one) => one.id}
              rowName={(one) => one.name[language]}
              error={error}
              onRetry={again}
              open={{ id: id('section'), onOpen: (one) => setOpen({ kind: 'section', id: one }) }}
              empty={{ title: t('sections.none') }}
              columns={[
                { id: 'name', title: t('items.name'), names: true, cell: (one) => one.name[language] },
                { id: 'sign', title: t('sections.sign'), cell: (one) => <SectionSign sign={one.sign} /> },
                {
                  id: 'films',
                  title: t('programme.films'),
                  figures: true,
                  cell: (one) => count('sections.films', films(one.id)),
                },
              ]}
            />
          </section>
          <section className={styles.wide}>
            <div className={styles.between}>
              <h2>{t('events.title')}</h2>
              <Button kind="outline" onClick={() => setOpen({ kind: 'event', id: null })}>
                <Icon name="plus" /> {t('events.add')}
              </Button>
            </div>
            <DataTable
              caption={t('events.title')}
              rows={programme?.events}
              rowId={(one) => one.id}
              rowName={(one) => one.title[language]}
              open={{ id: id('event'), onOpen: (one) => setOpen({ kind: 'event', id: one }) }}
              empty={{ title: t('events.none') }}
              columns={[
                {
                  id: 'title',
                  title: t('items.name'),
                  names: true,
                  cell: (one) => <TwoLines first={one.title[language]} second={one.people.slice(0, 4).join(', ')} />,
                },
                { id: 'date', title: t('time.day'), cell: (one) => (one.date ? formatDate(one.date, language) : '—') },
                {
                  id: 'venue',
                  title: t('events.venue'),
                  cell: (one) => programme?.venues.find((venue) => venue.id === one.venueId)?.name[language] ?? '—',
                },
              ]}
            />
          </section>
        </>
      }
    />
  );
}

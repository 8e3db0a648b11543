import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { DeskPerson, PrintFormat } from '#libs/contracts';
import { deskPdf, deskQuery, printAtDesk, reprintAtDesk, stepPrint } from '../../../api/accreditations-office.api';
import { changeBadge } from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { Segmented } from '../../../ui/choices';
import { Trouble } from '../../../ui/data-table';
import { SearchField, Select, TextArea } from '../../../ui/fields';
import { Icon } from '../../../ui/icon';
import { ConfirmDialog, PageHead } from '../../../ui/overlays';
import { Button, buttonClass, Empty, StateWord, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { useEdition } from '../use-edition';
import styles from './desk.module.css';
import page from './office-accreditation.module.css';
import { FORMATS } from './prints-page';
import { useStateWords } from './review-words';
import { WalkUp } from './walk-up';

const PAUSE_MS = 250;
const KEPT = 'seans.desk-format';

/** The desk on the day: find, compare the photo, print, hand over, print anew; or accredit whoever stands there. */
export function DeskPage() {
  const { t } = useWords();
  useTitle(t('acc.page-desk'));
  const { id: edition } = useEdition();
  const [mode, setMode] = useState<'find' | 'walk-up'>('find');
  const [format, setFormat] = useState<PrintFormat>(() => (localStorage.getItem(KEPT) as PrintFormat) ?? 'cr80');
  return (
    <div className={page.page}>
      <PageHead title={t('acc.page-desk')}>
        <Select
          label={t('prints.format')}
          value={format}
          onChange={(event) => {
            setFormat(event.target.value as PrintFormat);
            localStorage.setItem(KEPT, event.target.value);
          }}
        >
          {FORMATS.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      </PageHead>
      <Segmented<'find' | 'walk-up'>
        label={t('desk.what')}
        value={mode}
        onChoose={setMode}
        options={[
          { value: 'find', label: t('desk.find'), icon: 'search' },
          { value: 'walk-up', label: t('desk.walk-up'), icon: 'camera' },
        ]}
      />
      {mode === 'find' ? (
        <Find edition={edition} format={format} />
      ) : (
        <WalkUp edition={edition} format={format} onFind={() => setMode('find')} />
      )}
    </div>
  );
}

function Find({ edition, format }: { edition: string; format: PrintFormat }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, error, isFetching } = useQuery(deskQuery(edition, search));
  return (
    <>
      <div className={styles.find}>
        <SearchField
          label={t('desk.search')}
          value={typed}
          autoFocus
          onChange={(event) => setTyped(event.target.value)}
        />
      </div>
      {error && <Trouble error={error} />}
      {search.length < 2 && <p className="quiet">{t('desk.two-letters')}</p>}
      {isFetching && !data && <Waiting label={t('app.loading')} />}
      {data?.people.length === 0 && <Empty title={t('desk.nobody')} />}
      <ul className={styles.people}>
        {data?.people.map((person) => (
          <Person key={person.applicationId} person={person} format={format} />
        ))}
      </ul>
    </>
  );
}

function Person({ person, format }: { person: DeskPerson; format: PrintFormat }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const stateWords = useStateWords();
  const [anew, setAnew] = useState<'replace' | 'lost'>();
  const [reason, setReason] = useState('');
  const deed = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
  const { badge, print } = person;
  const live = badge?.state === 'live';
  const { word, tone } = stateWords(person.state);
  /** Printing at the desk gives the file at once. */
  const printed = async (id: string) => window.location.assign(deskPdf((await printAtDesk(id, format)).id));
  const replace = async () => {
    if (!badge) return;
    const why = reason.trim() || t(`desk.why-${anew}`);
    if (anew === 'lost') await changeBadge(badge.id, 'lost', why);
    else await reprintAtDesk(badge.id, format, why);
  };
  return (
    <li className={styles.person}>
      <div className={styles.photo}>
        {person.photo ? (
          <img src={person.photo} alt={t('decide.portrait', { name: person.name })} />
        ) : (
          <span className="small quiet">{t('desk.no-photo')}</span>
        )}
      </div>
      <div className={styles.about}>
        <h2>{person.name}</h2>
        <p>{[person.outlet, person.categoryName[language]].filter(Boolean).join(' · ')}</p>
        <p className={styles.states}>
          <StateWord tone={tone}>{word}</StateWord>
          {badge && !live && <StateWord tone="error">{t(`desk.badge-${badge.state}`)}</StateWord>}
          {badge && <span className="tabular">{badge.shortCode}</span>}
          {print && (
            <StateWord tone={print.state === 'collected' ? 'ok' : 'info'}>{t(`desk.print-${print.state}`)}</StateWord>
          )}
        </p>
        {deed.error && <Trouble error={deed.error} />}
      </div>
      <div className={styles.deeds}>
        {live && !print && (
          <Button busy={deed.isPending} onClick={() => deed.mutate(() => printed(badge.id))}>
            <Icon name="print" /> {t('desk.print')}
          </Button>
        )}
        {print && ['queued', 'printed'].includes(print.state) && (
          <a className={buttonClass('outline')} href={deskPdf(print.id)} target="_blank" rel="noreferrer">
            <Icon name="download" /> PDF
          </a>
        )}
        {print?.state === 'queued' && (
          <Button busy={deed.isPending} onClick={() => deed.mutate(() => stepPrint(print.id, 'printed'))}>
            {t('desk.is-printed')}
          </Button>
        )}
        {print?.state === 'printed' && (
          <Button busy={deed.isPending} onClick={() => deed.mutate(() => stepPrint(print.id, 'collected'))}>
            {t('desk.collected')}
          </Button>
        )}
        {print?.state === 'collected' && (
          <Button
            kind="outline"
            busy={deed.isPending}
            onClick={() => deed.mutate(() => stepPrint(print.id, 'returned'))}
          >
            {t('desk.returned')}
          </Button>
        )}
        {badge && (live || badge.state === 'reported_lost') && (
          <Button kind="quiet" onClick={() => setAnew('replace')}>
            {t('desk.replace')}
          </Button>
        )}
        {live && (
          <Button kind="quiet" onClick={() => setAnew('lost')}>
            {t('desk.lost')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={anew !== undefined}
        title={anew === 'lost' ? t('desk.lost') : t('desk.replace')}
        verb={anew === 'lost' ? t('desk.lost') : t('desk.replace')}
        busy={deed.isPending}
        onClose={() => setAnew(undefined)}
        onConfirm={() => deed.mutate(replace, { onSettled: () => setAnew(undefined) })}
      >
        <p>{anew === 'lost' ? t('desk.lost-detail') : t('desk.replace-detail')}</p>
        <TextArea
          label={t('decide.words')}
          value={reason}
          rows={2}
          maxLength={1000}
          onChange={(event) => setReason(event.target.value)}
        />
      </ConfirmDialog>
    </li>
  );
}

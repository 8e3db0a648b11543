import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LetterTemplates } from '#libs/contracts';
import { LANGUAGES, type Language } from '#libs/kernel';
import { letterPreview, letterTemplatesQuery } from '../../../api/house.api';
import { useWords } from '../../../i18n';
import { Segmented } from '../../../ui/choices';
import { type Column, DataTable, TwoLines } from '../../../ui/data-table';
import { ListAndPanel, PageHead } from '../../../ui/overlays';
import { ui } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import styles from './letters.module.css';

const LONG: Record<Language, string> = { kk: 'Қазақша', ru: 'Русский', en: 'English' };
type Letter = LetterTemplates['letters'][number];

/** Every letter in every language, written by the function that writes the real ones. */
export function TemplatesPage() {
  const { t, language } = useWords();
  useTitle(t('letters.templates'));
  const [open, setOpen] = useState<string | null>(null);
  const [shown, setShown] = useState<Language>(language);
  const { data, error, refetch } = useQuery(letterTemplatesQuery);
  const chosen = data?.letters.find((one) => one.template === open);
  const columns: Column<Letter>[] = [
    {
      id: 'what',
      title: t('letters.letter'),
      names: true,
      cell: (one) => <TwoLines first={one.subject[language]} second={one.template} />,
    },
    { id: 'from', title: t('letters.set-off'), cell: (one) => one.from },
    {
      id: 'channels',
      title: t('letters.channel'),
      cell: (one) => one.channels.map((channel) => t(`letters.channel-${channel}`)).join(', '),
    },
  ];
  return (
    <ListAndPanel
      label={t('letters.letter')}
      onBack={() => setOpen(null)}
      panel={
        chosen ? (
          <div className={ui.stack}>
            <h2>{chosen.subject[shown]}</h2>
            <Segmented<Language>
              label={t('app.language')}
              value={shown}
              onChoose={setShown}
              options={LANGUAGES.map((value) => ({ value, label: LONG[value] }))}
            />
            <iframe
              key={`${chosen.template} ${shown}`}
              className={styles.preview}
              title={t('letters.preview')}
              sandbox=""
              src={letterPreview(chosen.template, shown)}
            />
          </div>
        ) : null
      }
      list={
        <>
          <PageHead title={t('letters.templates')} lead={t('letters.templates-lead')} />
          <DataTable
            caption={t('letters.templates')}
            columns={columns}
            rows={data?.letters}
            rowId={(one) => one.template}
            rowName={(one) => one.subject[language]}
            error={error}
            onRetry={() => void refetch()}
            empty={{ title: t('letters.none') }}
            open={{ id: open, onOpen: setOpen }}
          />
        </>
      }
    />
  );
}

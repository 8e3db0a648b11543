import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { OfficeProgramme } from '#libs/contracts';
import { putSection, removeEntry } from '../../../api/office-programme.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { RadioCards } from '../../../ui/fields';
import { Button } from '../../../ui/parts';
import { filled, LocalTextFields, NO_TEXT } from '../local-text-fields';
import styles from './forms.module.css';
import { slugOf } from './slug';
import { useOffice } from './use-office';

type Section = OfficeProgramme['sections'][number];

type Sign = 'none' | 'competition' | 'women';
const SIGNS: Sign[] = ['none', 'competition', 'women'];

/** A section of the programme, new or known. */
export function SectionForm({
  programme,
  section,
  onDone,
}: {
  programme: OfficeProgramme;
  section?: Section;
  onDone(): void;
}) {
  const { t, language } = useWords();
  const { changed } = useOffice();
  const [name, setName] = useState(section?.name ?? NO_TEXT);
  const [sign, setSign] = useState<Sign>(section?.sign ?? 'none');
  const id = section?.id ?? slugOf(name.en || name.ru || name.kk);
  const done = async () => {
    await changed();
    onDone();
  };
  const save = useMutation({
    mutationFn: () =>
      putSection(
        programme.edition.id,
        id,
        { name: filled(name), kind: section?.kind ?? 'section', sign: sign === 'none' ? null : sign },
        section?.tag ?? null,
      ),
    onSuccess: done,
  });
  const remove = useMutation({
    mutationFn: () => removeEntry(programme.edition.id, 'sections', section!.id),
    onSuccess: done,
  });
  const error = save.error ?? remove.error;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (id !== '' && !save.isPending) save.mutate();
      }}
    >
      <h2>{section?.name[language] ?? t('sections.add')}</h2>
      <LocalTextFields legend={t('items.name')} value={name} onChange={setName} />
      <RadioCards
        legend={t('sections.sign')}
        value={sign}
        onChoose={(value) => setSign(value)}
        options={SIGNS.map((value) => ({
          value,
          label: t(`section-sign.${value}`),
        }))}
      />
      {error && <Trouble error={error} />}
      <div className={styles.buttons}>
        <Button type="submit" busy={save.isPending} aria-disabled={id === ''}>
          {t('edit.save')}
        </Button>
        {section && (
          <Button kind="quiet" busy={remove.isPending} onClick={() => remove.mutate()}>
            {t('sections.delete')}
          </Button>
        )}
      </div>
    </form>
  );
}

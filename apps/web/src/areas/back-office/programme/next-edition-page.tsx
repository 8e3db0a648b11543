import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CopiedEdition, EditionView } from '#libs/contracts';
import { DAY } from '#libs/kernel';
import { ApiProblem } from '../../../api/client';
import { copyEdition } from '../../../api/office-programme.api';
import { useSureDeed } from '../../../api/sure-deed';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { CheckBox, RadioCards } from '../../../ui/fields';
import { PageHead } from '../../../ui/overlays';
import { Button, buttonClass, Field, Notice, ui, Waiting } from '../../../ui/parts';
import { useTitle } from '../../../ui/use-title';
import { filled, isEmpty, LocalTextFields } from '../local-text-fields';
import styles from './forms.module.css';
import { slugOf } from './slug';
import { useOffice } from './use-office';
import { Ways } from './ways';

type Kind = 'next' | 'rehearsal';

const A_YEAR = 364 * DAY;
const KINDS: Kind[] = ['next', 'rehearsal'];
const COPIED = ['venues', 'section', 'price-list', 'allocation-list'] as const;
const day = (at: number) => new Date(at).toISOString().slice(0, 10);

/** Next year from this one, or a rehearsal of this one. */
export default function NextEditionPage() {
  const { t } = useWords();
  useTitle(t('programme.next-edition'));
  const { editions, edition, error, again } = useOffice();
  const [made, setMade] = useState<CopiedEdition | null>(null);
  return (
    <div className={ui.page}>
      <PageHead title={t('programme.next-edition')} lead={t('next.lead')} />
      <Ways editions={editions} edition={edition} />
      {error && <Trouble error={error} onRetry={again} />}
      {!edition && !error && <Waiting label={t('app.loading')} />}
      {made && <Made made={made} />}
      {edition && !made && <NextEdition key={edition.id} old={edition} onMade={setMade} />}
    </div>
  );
}

function NextEdition({ old, onMade }: { old: EditionView; onMade(made: CopiedEdition): void }) {
  const { t } = useWords();
  const { changed } = useOffice();
  const [kind, setKind] = useState<Kind>('next');
  const [name, setName] = useState(old.name);
  const [from, setFrom] = useState(day(Date.parse(old.from) + A_YEAR));
  const [to, setTo] = useState(day(Date.parse(old.to) + A_YEAR));
  const [typedId, setTypedId] = useState<string | null>(null);
  const [programme, setProgramme] = useState(false);
  const surely = useSureDeed<CopiedEdition>();
  const id =
    typedId ??
    slugOf(`${old.id.replace(/-?\d{4}$/, '')} ${kind === 'rehearsal' ? 'rehearsal ' : ''}${from.slice(0, 4)}`);
  const whole = kind === 'rehearsal' || programme;
  const copy = useMutation({
    mutationFn: () => {
      const body = { id, name: filled(name), from, to, rehearsal: kind === 'rehearsal', programme: whole };
      return surely((key) => copyEdition(old.id, body, key));
    },
    onSuccess: async (made) => {
      onMade(made);
      await changed();
    },
  });
  const problem = copy.error instanceof ApiProblem ? copy.error : undefined;
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!copy.isPending) copy.mutate();
      }}
    >
      <RadioCards
        legend={t('next.kind')}
        value={kind}
        onChoose={(value) => setKind(value)}
        options={KINDS.map((value) => ({
          value,
          label: t(`next-kind.${value}`),
          hint: t(`next-kind-hint.${value}`),
        }))}
      />
      <LocalTextFields
        legend={t('next.name')}
        value={name}
        error={isEmpty(name) ? t('film.title-needed') : undefined}
        onChange={setName}
      />
      <div className={styles.pair}>
        <Field
          label={t('next.from')}
          hint={t('next.date-hint')}
          inputMode="numeric"
          value={from}
          error={problem?.field('from')}
          onChange={({ target }) => setFrom(target.value.trim())}
        />
        <Field
          label={t('next.to')}
          hint={t('next.date-hint')}
          inputMode="numeric"
          value={to}
          error={problem?.field('to')}
          onChange={({ target }) => setTo(target.value.trim())}
        />
        <Field
          label={t('next.id')}
          hint={t('next.id-hint')}
          value={id}
          error={problem?.field('id')}
          onChange={({ target }) => setTypedId(target.value.trim())}
        />
      </div>
      {kind === 'next' && (
        <CheckBox
          checked={programme}
          hint={t('next.programme-hint')}
          onChange={({ target }) => setProgramme(target.checked)}
        >
          {t('next.programme')}
        </CheckBox>
      )}
      <section className={styles.group}>
        <h2>{t('next.copied')}</h2>
        <ul className={styles.copied}>
          {COPIED.map((row) => (
            <li key={row}>{t(`next-copied.${row}`)}</li>
          ))}
          {whole && <li>{t('next-copied.programme')}</li>}
        </ul>
        <p className={styles.quiet}>{t('next.not-copied')}</p>
      </section>
      {copy.error && <Trouble error={copy.error} />}
      <Button type="submit" busy={copy.isPending} aria-disabled={isEmpty(name)}>
        {copy.isPending ? t('next.making') : t('next.make')}
      </Button>
    </form>
  );
}

/** What the new edition took over, and what did not fit its days. */
function Made({ made }: { made: CopiedEdition }) {
  const { t } = useWords();
  return (
    <div className={styles.form}>
      <Notice tone="ok" title={t('next.made')}>
        <ul>
          {Object.entries(made.copied).map(([row, n]) => (
            <li key={row}>
              {t(`import-kind.${row}`)}: {n}
            </li>
          ))}
        </ul>
      </Notice>
      {made.leftOut.length > 0 && (
        <Notice tone="warning" title={t('next.left-out')}>
          {made.leftOut.join(', ')}
        </Notice>
      )}
      <Link className={buttonClass()} to={`/office/programme?edition=${made.editionId}`}>
        {t('import.to-timetable')}
      </Link>
    </div>
  );
}

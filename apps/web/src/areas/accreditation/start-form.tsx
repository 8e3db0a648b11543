import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import type { CategoryList } from '#libs/contracts';
import { formatMoney } from '#libs/kernel';
import { myApplicationsQuery, startApplication } from '../../api/accreditations-applicant.api';
import { ApiProblem } from '../../api/client';
import { useWords } from '../../i18n';
import { Button, Notice, ui } from '../../ui/parts';
import styles from './accreditation.module.css';

/** Choosing what one applies as; the answers and papers follow in the draft. */
export function StartForm({ categories }: { categories: CategoryList }) {
  const { t, language } = useWords();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const first = categories.categories.findIndex((category) => category.open);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const category = new FormData(event.currentTarget).get('category');
    if (!category) return;
    setBusy(true);
    try {
      const { id } = await startApplication(categories.editionId, String(category));
      await client.invalidateQueries({ queryKey: myApplicationsQuery.queryKey });
      void navigate(`/accreditation/applications/${id}/form`);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.problem.title : t('app.no-answer'));
    }
    setBusy(false);
  }
  return (
    <form className={ui.stack} onSubmit={(event) => void submit(event)}>
      <fieldset className={ui.stack}>
        <legend>
          <h2>{t('accreditation.choose')}</h2>
        </legend>
        {categories.categories.map((category, i) => (
          <label key={category.id} className={styles.choice}>
            <input
              type="radio"
              name="category"
              value={category.id}
              required
              disabled={!category.open}
              defaultChecked={i === first}
            />
            <span>
              <strong>{category.name[language]}</strong>
              <span className="small quiet">{category.description[language]}</span>
              {category.fee && <span className="small">{formatMoney(category.fee)}</span>}
              {!category.open && <span className="small">{t('accreditation.shut')}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      {problem && <Notice tone="error">{problem}</Notice>}
      <div>
        <Button type="submit" busy={busy}>
          {t('accreditation.start')}
        </Button>
      </div>
    </form>
  );
}

import type { LocalText } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { Field } from '../../../ui/parts';
import styles from './sales.module.css';

/** One text in the three languages, side by side. */
export function LocalTextFields({
  label,
  value,
  onChange,
}: {
  label: string;
  value: LocalText;
  onChange(value: LocalText): void;
}) {
  const { t } = useWords();
  return (
    <div className={styles.three}>
      {(['kk', 'ru', 'en'] as const).map((language) => (
        <Field
          key={language}
          lang={language}
          label={t('sales.in-language', { what: label, language: t(`sales.language-${language}`) })}
          value={value[language]}
          required
          onChange={(event) => onChange({ ...value, [language]: event.target.value })}
        />
      ))}
    </div>
  );
}

export const NO_TEXT: LocalText = { kk: '', ru: '', en: '' };

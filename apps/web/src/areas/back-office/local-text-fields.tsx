import { LANGUAGES, type LocalText } from '#libs/kernel';
import { useWords } from '../../i18n';
import { TextArea } from '../../ui/fields';
import { Field } from '../../ui/parts';
import styles from './local-text-fields.module.css';

/** One text in the three languages of the house. */
export function LocalTextFields({
  legend,
  hint,
  value,
  lines,
  required,
  error,
  onChange,
}: {
  legend: string;
  hint?: string;
  value: LocalText;
  lines?: boolean;
  required?: boolean;
  error?: string;
  onChange(value: LocalText): void;
}) {
  const { t } = useWords();
  const Control = lines ? TextArea : Field;
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      {hint && <p className={styles.quiet}>{hint}</p>}
      <div className={styles.three}>
        {LANGUAGES.map((language) => (
          <Control
            key={language}
            lang={language}
            label={t(`tongue.${language}`)}
            required={required}
            value={value[language]}
            error={language === 'kk' ? error : undefined}
            onChange={({ target }: { target: { value: string } }) => onChange({ ...value, [language]: target.value })}
          />
        ))}
      </div>
    </fieldset>
  );
}

/** A text as it is saved: what was left empty in one language says what another says. */
export function filled(text: LocalText): LocalText {
  const any = text.ru.trim() || text.kk.trim() || text.en.trim();
  return { kk: text.kk.trim() || any, ru: text.ru.trim() || any, en: text.en.trim() || any };
}

export const NO_TEXT: LocalText = { kk: '', ru: '', en: '' };
export const isEmpty = (text: LocalText) => !text.kk.trim() && !text.ru.trim() && !text.en.trim();

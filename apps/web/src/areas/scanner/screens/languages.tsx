import { LANGUAGES } from '#libs/kernel';
import { useWords } from '../../../i18n';
import styles from './gate.module.css';

const SHORT = { kk: 'Қаз', ru: 'Рус', en: 'Eng' };

export function Languages() {
  const { t, language, speak } = useWords();
  return (
    <fieldset className={styles.languages} aria-label={t('app.language')}>
      {LANGUAGES.map((code) => (
        <button
          key={code}
          type="button"
          lang={code}
          className={styles.square}
          aria-pressed={code === language}
          onClick={() => speak(code)}
        >
          {SHORT[code]}
        </button>
      ))}
    </fieldset>
  );
}

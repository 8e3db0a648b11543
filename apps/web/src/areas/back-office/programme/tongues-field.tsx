import { useState } from 'react';
import { useWords } from '../../../i18n';
import { tongueName } from '../../../i18n/places';
import { Chip } from '../../../ui/choices';
import { Select } from '../../../ui/fields';
import styles from './forms.module.css';

const FIRST = ['kk', 'ru', 'en'];
const MORE =
  'ar az bg cs da de el es et fa fi fr he hi hu hy it ja ka ko ky lt lv mi mn nl no pl pt ro sk sr sv tg tk tr uk uz zh'.split(
    ' ',
  );

/** Some languages: the house's own at hand, the others from a list. */
export function TonguesField({
  legend,
  value,
  only,
  onChange,
}: {
  legend: string;
  value: string[];
  only?: string[];
  onChange(value: string[]): void;
}) {
  const { t, language } = useWords();
  const [added, setAdded] = useState<string[]>([]);
  const shown = [...new Set([...(only ?? FIRST), ...value, ...added])];
  const rest = MORE.filter((code) => !shown.includes(code));
  return (
    <fieldset className={styles.group}>
      <legend>{legend}</legend>
      <div className={styles.buttons}>
        {shown.map((code) => (
          <Chip
            key={code}
            on={value.includes(code)}
            onToggle={() => onChange(value.includes(code) ? value.filter((one) => one !== code) : [...value, code])}
          >
            {tongueName(code, language)}
          </Chip>
        ))}
        {!only && (
          <Select
            label={<span className="visually-hidden">{`${legend}: ${t('edit.other-language')}`}</span>}
            value=""
            onChange={({ target }) => {
              setAdded([...added, target.value]);
              onChange([...value, target.value]);
            }}
          >
            <option value="">{t('edit.other-language')}</option>
            {rest.map((code) => (
              <option key={code} value={code}>
                {tongueName(code, language)}
              </option>
            ))}
          </Select>
        )}
      </div>
    </fieldset>
  );
}

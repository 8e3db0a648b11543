import { daysBetween, formatShortDay } from '#libs/kernel';
import { useWords } from '../../../i18n';
import { Select } from '../../../ui/fields';
import { Field } from '../../../ui/parts';
import styles from './forms.module.css';

const CLOCK = /^([01]?\d|2[0-3]):[0-5]\d$/;

/** A day and an hour as they are typed; an hour that is none yet is nothing. */
export interface Typed {
  day: string;
  time: string;
}

/** "9:30" as the venue's clock shows it; nothing while it is no hour. */
export function wallOf({ day, time }: Typed): string | undefined {
  return day && CLOCK.test(time) ? `${day}T${time.padStart(5, '0')}` : undefined;
}

/** A day of the festival and an hour on the venue's clock. */
export function TimeFields({
  from,
  to,
  value,
  error,
  onChange,
}: {
  from: string;
  to: string;
  value: Typed;
  error?: string;
  onChange(value: Typed): void;
}) {
  const { t, language } = useWords();
  const days = [...new Set([...daysBetween(from, to), value.day].filter(Boolean))].sort();
  const wrong = value.time !== '' && !CLOCK.test(value.time) ? t('time.not-a-time') : undefined;
  return (
    <div className={styles.times}>
      <Select
        label={t('time.day')}
        value={value.day}
        onChange={({ target }) => onChange({ ...value, day: target.value })}
      >
        {days.map((day) => (
          <option key={day} value={day}>
            {formatShortDay(day, language)}
          </option>
        ))}
      </Select>
      <Field
        label={t('time.start')}
        inputMode="numeric"
        placeholder="19:30"
        autoComplete="off"
        value={value.time}
        error={error ?? wrong}
        onChange={({ target }) => onChange({ ...value, time: target.value.trim() })}
      />
    </div>
  );
}

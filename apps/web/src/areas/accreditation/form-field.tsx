import type { FormField as FieldRule } from '#libs/contracts';
import { COUNTRY_CODES, type Language } from '#libs/kernel';
import { useWords } from '../../i18n';
import { countryName } from '../../i18n/places';
import { Select, TextArea } from '../../ui/fields';
import { Field } from '../../ui/parts';
import { ListField } from './list-field';

/** Countries by name, the host country first. */
function countries(language: Language): { id: string; name: string }[] {
  const sorter = new Intl.Collator(language === 'en' ? 'en' : 'ru');
  const sorted = COUNTRY_CODES.map((id) => ({ id, name: countryName(id, language) })).sort((a, b) =>
    sorter.compare(a.name, b.name),
  );
  return [...sorted.filter((one) => one.id === 'KZ'), ...sorted.filter((one) => one.id !== 'KZ')];
}

const TYPES: Partial<Record<FieldRule['kind'], string>> = { phone: 'tel', url: 'url', date: 'date' };

/** One question of the form with the input that suits its kind. */
export function FormField({ field, value, error }: { field: FieldRule; value: string | undefined; error?: string }) {
  const { t, language } = useWords();
  const label = field.required ? (
    field.label[language]
  ) : (
    <>
      {field.label[language]} <span className="quiet">· {t('field.optional')}</span>
    </>
  );
  const hint = field.hint?.[language];
  if (field.kind === 'equipment' || field.kind === 'crew')
    return (
      <ListField
        kind={field.kind}
        name={field.id}
        label={field.label[language]}
        hint={hint}
        error={error}
        value={value}
      />
    );
  if (field.kind === 'choice' || field.kind === 'yes-no' || field.kind === 'country') {
    const options =
      field.kind === 'choice'
        ? (field.choices ?? []).map((choice) => ({ id: choice.id, name: choice.name[language] }))
        : field.kind === 'country'
          ? countries(language)
          : [
              { id: 'yes', name: t('field.yes') },
              { id: 'no', name: t('field.no') },
            ];
    return <Choice field={field} label={label} hint={hint} error={error} value={value} options={options} />;
  }
  if (field.kind === 'long-text')
    return (
      <TextArea
        label={label}
        hint={hint}
        error={error}
        name={field.id}
        rows={4}
        maxLength={field.maxLength}
        defaultValue={value}
      />
    );
  return (
    <Field
      label={label}
      hint={hint}
      name={field.id}
      type={TYPES[field.kind] ?? 'text'}
      inputMode={field.kind === 'iin' ? 'numeric' : field.kind === 'number' ? 'decimal' : undefined}
      autoCapitalize={field.kind === 'passport-name' ? 'characters' : undefined}
      maxLength={field.kind === 'date' ? undefined : field.maxLength}
      defaultValue={value}
      error={error}
    />
  );
}

interface Shown {
  field: FieldRule;
  label: React.ReactNode;
  hint: string | undefined;
  error: string | undefined;
  value: string | undefined;
}

function Choice({ field, label, hint, error, value, options }: Shown & { options: { id: string; name: string }[] }) {
  const { t } = useWords();
  // What one must choose begins with the first: a form that is sent as it stands is whole.
  const begin = value ?? (field.required && field.kind !== 'yes-no' ? options[0]?.id : '');
  return (
    <Select label={label} hint={hint} error={error} name={field.id} defaultValue={begin}>
      {(!field.required || field.kind === 'yes-no') && <option value="">{t('field.choose')}</option>}
      {options.map((option) => (
        <option key={option.id} value={option.id}>
          {option.name}
        </option>
      ))}
    </Select>
  );
}

import { TextArea } from '../../ui/fields';

/** A reason says at least something. */
const LEAST = 3;

export const saysEnough = (reason: string) => reason.trim().length >= LEAST;

interface Props {
  label: string;
  hint?: string;
  value: string;
  onChange(value: string): void;
}

/** Why something is done that nobody takes back; Enter hands it in. */
export function ReasonField({ label, hint, value, onChange }: Props) {
  return (
    <TextArea
      label={label}
      hint={hint}
      value={value}
      minLength={LEAST}
      maxLength={300}
      required
      autoFocus
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey) return;
        event.preventDefault();
        event.currentTarget.form?.requestSubmit();
      }}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

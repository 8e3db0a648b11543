import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { TextArea } from '../../ui/fields';
import { Button, Dialog, ui } from '../../ui/parts';

interface Props {
  open: boolean;
  title: string;
  /** What will happen. */
  lead: ReactNode;
  verb: string;
  busy: boolean;
  error: Error | null;
  onDo(reason: string): void;
  onClose(): void;
}

/** Asks why, before what can't be undone; Enter does it. */
export function ReasonDialog({ open, title, lead, verb, busy, error, onDo, onClose }: Props) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const enough = reason.trim().length >= 3;
  return (
    <Dialog open={open} label={title} onClose={onClose}>
      <form
        className={ui.stack}
        onSubmit={(event) => {
          event.preventDefault();
          if (enough && !busy) onDo(reason.trim());
        }}
      >
        <h2>{title}</h2>
        <div>{lead}</div>
        <TextArea
          label={t('counter.reason')}
          value={reason}
          minLength={3}
          maxLength={300}
          required
          autoFocus
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return;
            event.preventDefault();
            event.currentTarget.form?.requestSubmit();
          }}
          onChange={(event) => setReason(event.target.value)}
        />
        {error && <Trouble error={error} />}
        <Button type="submit" busy={busy || !enough}>
          {busy ? t('ui.sending') : verb}
        </Button>
      </form>
    </Dialog>
  );
}

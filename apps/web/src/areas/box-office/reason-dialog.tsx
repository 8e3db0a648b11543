import { type ReactNode, useState } from 'react';
import { useWords } from '../../i18n';
import { Trouble } from '../../ui/data-table';
import { Button, Dialog, ui } from '../../ui/parts';
import { ReasonField, saysEnough } from './reason-field';

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
  const enough = saysEnough(reason);
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
        <ReasonField label={t('counter.reason')} value={reason} onChange={setReason} />
        {error && <Trouble error={error} />}
        <Button type="submit" busy={busy || !enough}>
          {busy ? t('ui.sending') : verb}
        </Button>
      </form>
    </Dialog>
  );
}

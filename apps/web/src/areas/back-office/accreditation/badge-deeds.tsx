import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewApplication } from '#libs/contracts';
import { changeBadge, reviewQuery } from '../../../api/accreditations-review.api';
import { useWords } from '../../../i18n';
import { Trouble } from '../../../ui/data-table';
import { TextArea } from '../../../ui/fields';
import { ConfirmDialog, Menu } from '../../../ui/overlays';
import styles from './panel.module.css';

type Command = 'revoke' | 'suspend' | 'reinstate' | 'lost';

/** The badge of an application, and what takes its power away or gives it back; gates know within seconds. */
export function BadgeDeeds({ application }: { application: ReviewApplication }) {
  const { t } = useWords();
  const client = useQueryClient();
  const [command, setCommand] = useState<Command>();
  const [reason, setReason] = useState('');
  const badge = application.badge;
  const change = useMutation({
    mutationFn: (to: Command) => changeBadge(badge!.id, to, reason.trim()),
    onSuccess: (after) => {
      client.setQueryData(reviewQuery(application.id).queryKey, after);
      setCommand(undefined);
      setReason('');
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['review'] }),
  });
  if (!badge) return null;
  const commands: Command[] =
    badge.state === 'live' ? ['suspend', 'lost', 'revoke'] : badge.state === 'suspended' ? ['reinstate', 'revoke'] : [];
  return (
    <div className={styles.badge}>
      <p>
        {t('decide.badge', { code: badge.shortCode })} · {badge.atGates ? t('decide.at-gates') : t('decide.on-its-way')}
      </p>
      {commands.length > 0 && (
        <Menu
          label={t('decide.badge-deeds')}
          items={commands.map((one) => ({ id: one, label: t(`decide.${one}`), onChoose: () => setCommand(one) }))}
        />
      )}
      <ConfirmDialog
        open={command !== undefined}
        title={command ? t(`decide.${command}`) : ''}
        verb={command ? t(`decide.${command}`) : ''}
        busy={change.isPending}
        onClose={() => setCommand(undefined)}
        onConfirm={() => command && reason.trim() && change.mutate(command)}
      >
        <TextArea
          label={t('decide.words')}
          value={reason}
          rows={3}
          maxLength={1000}
          required
          onChange={(event) => setReason(event.target.value)}
        />
        {change.error && <Trouble error={change.error} />}
      </ConfirmDialog>
    </div>
  );
}

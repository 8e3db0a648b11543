import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { INBOX_STREAM, inboxQuery } from '../../api/notifications-inbox.api';
import { useWords } from '../../i18n';

/** The newest messages, and how many are not read; the stream brings new ones without asking. */
export function useInbox(signedIn: boolean) {
  const { language } = useWords();
  const client = useQueryClient();
  useEffect(() => {
    if (!signedIn) return;
    const stream = new EventSource(INBOX_STREAM);
    stream.addEventListener('note', () => void client.invalidateQueries({ queryKey: ['inbox'] }));
    return () => stream.close();
  }, [signedIn, client]);
  return useQuery({ ...inboxQuery(language), enabled: signedIn });
}

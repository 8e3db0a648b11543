import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Application, ApplicationList, CategoryView } from '#libs/contracts';
import { myApplicationsQuery, saveApplication } from '../../api/accreditations-applicant.api';
import { useWords } from '../../i18n';
import { type Answers, answersToSend } from './apply.rules';

const PAUSE_MS = 900;

/** Puts a changed application where every page of the portal finds it. */
export function useKept() {
  const client = useQueryClient();
  return useCallback(
    (application: Application) => {
      client.setQueryData(myApplicationsQuery.queryKey, (list: ApplicationList | undefined) => ({
        applications: list
          ? list.applications.map((one) => (one.id === application.id ? application : one))
          : [application],
      }));
      return application;
    },
    [client],
  );
}

/**
 * Answers that save themselves a moment after the last letter, one save after another. Without a network they stay on the
 * page and go as soon as it is back.
 */
export function useDraft(application: Application, category: CategoryView, saves: boolean) {
  const { language } = useWords();
  const keep = useKept();
  const [answers, setAnswers] = useState<Answers>(application.fields);
  const [saved, setSaved] = useState<{ state: 'kept' | 'saving' | 'not-yet'; at: Date | null }>({
    state: 'kept',
    at: null,
  });
  const latest = useRef(application);
  latest.current = application.version >= latest.current.version ? application : latest.current;
  const typed = useRef(answers);
  const dirty = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const chain = useRef<Promise<unknown>>(Promise.resolve());

  /** Saves what is not saved yet; answers the application as it stands then. */
  const flush = useCallback((): Promise<Application> => {
    clearTimeout(timer.current);
    const next = chain.current
      .catch(() => undefined)
      .then(async () => {
        if (!saves || !dirty.current) return latest.current;
        dirty.current = false;
        setSaved(({ at }) => ({ state: 'saving', at }));
        try {
          latest.current = keep(
            await saveApplication(latest.current, answersToSend(category, typed.current), language),
          );
          setSaved({ state: 'kept', at: new Date() });
        } catch (error) {
          dirty.current = true;
          setSaved(({ at }) => ({ state: 'not-yet', at }));
          throw error;
        }
        return latest.current;
      });
    chain.current = next;
    return next;
  }, [saves, category, language, keep]);

  const change = (part: Answers) => {
    const next = { ...typed.current, ...part };
    typed.current = next;
    dirty.current = true;
    setAnswers(next);
    clearTimeout(timer.current);
    if (saves) timer.current = setTimeout(() => void flush().catch(() => undefined), PAUSE_MS);
  };

  useEffect(() => {
    const again = () => void flush().catch(() => undefined);
    window.addEventListener('online', again);
    window.addEventListener('pagehide', again);
    return () => {
      window.removeEventListener('online', again);
      window.removeEventListener('pagehide', again);
      again();
    };
  }, [flush]);

  return { answers, change, saved, flush };
}

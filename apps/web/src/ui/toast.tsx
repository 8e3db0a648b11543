import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { useWords } from '../i18n';
import styles from './toast.module.css';

const SHOWN_MS = 10_000;

interface Deed {
  words: string;
  undo?(): void | Promise<void>;
}

const Told = createContext<(deed: Deed) => void>(() => undefined);

/** Tells of a deed of staff that may be taken back for ten seconds; never of an error. */
export const useToast = () => useContext(Told);

/** Shows the last deed with its undo; `z` takes it back too, except while somebody types. */
export function Toasts({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const [deed, setDeed] = useState<Deed | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = useCallback((next: Deed) => {
    clearTimeout(timer.current);
    setDeed(next);
    timer.current = setTimeout(() => setDeed(null), SHOWN_MS);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  const undo = useMemo(
    () =>
      deed?.undo &&
      (() => {
        setDeed(null);
        void deed.undo?.();
      }),
    [deed],
  );
  useEffect(() => {
    if (!undo) return;
    const onKey = (event: KeyboardEvent) => {
      const typing = (event.target as Element).closest?.('input, textarea, select, [contenteditable]');
      if (event.key === 'z' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) undo();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [undo]);
  return (
    <Told.Provider value={tell}>
      {children}
      <div className={styles.place} role="status">
        {deed && (
          <div className={styles.toast}>
            <span>{deed.words}</span>
            {undo && (
              <button type="button" onClick={undo}>
                {t('ui.undo')} <kbd>Z</kbd>
              </button>
            )}
          </div>
        )}
      </div>
    </Told.Provider>
  );
}

import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useWords } from '../../i18n';
import { Button, Dialog, ui } from '../../ui/parts';
import styles from './counter.module.css';
import { type Deed, deedOf, keyLines, type Press, type Stage } from './keys.rules';

const Shown = createContext<(stage: Stage) => void>(() => undefined);

const PAGES: Partial<Record<Deed['do'], string>> = {
  'to-sale': '/counter',
  'to-sales': '/counter/sales',
  'to-reservations': '/counter/reservations',
  'to-orders': '/counter/orders',
  'to-will-call': '/counter/will-call',
  'to-leases': '/counter/leases',
  'to-shift': '/counter/shift',
};

/** Kinds of control that take text, or keys that we would take. */
const TEXT =
  'textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])';
const CONTROL = 'button, a, input, summary, [role=grid], [role=tab]';

function pressOf(event: KeyboardEvent): Press {
  const target = event.target as Element;
  return {
    code: event.code,
    key: event.key,
    shift: event.shiftKey,
    chord: event.ctrlKey || event.metaKey || event.altKey || event.isComposing,
    repeat: event.repeat,
    at: target.closest?.(TEXT) ? 'text' : target.closest?.(CONTROL) ? 'control' : 'page',
  };
}

/** The keys of a page of the counter; none works while a dialog is open. */
export function useKeys(stage: Stage, doIt: (deed: Deed) => void): void {
  const navigate = useNavigate();
  const show = useContext(Shown);
  const latest = useRef(doIt);
  latest.current = doIt;
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return;
      const deed = deedOf(pressOf(event), stage);
      if (!deed) return;
      event.preventDefault();
      const page = PAGES[deed.do];
      if (deed.do === 'keys') show(stage);
      else if (page) void navigate(page);
      else latest.current(deed);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [stage, navigate, show]);
}

/** What the keys do where one stands, over the page. */
export function KeyMap({ children }: { children: ReactNode }) {
  const { t } = useWords();
  const [stage, setStage] = useState<Stage>();
  const lines = useMemo(() => (stage ? keyLines(stage) : []), [stage]);
  return (
    <Shown.Provider value={setStage}>
      {children}
      <Dialog open={stage !== undefined} label={t('counter.keys')} onClose={() => setStage(undefined)}>
        <div className={ui.stack}>
          <h2>{t('counter.keys')}</h2>
          <dl className={styles.keyMap}>
            {lines.map(({ cap, deed }) => (
              <div key={deed}>
                <dt>
                  <kbd>{cap}</kbd>
                </dt>
                <dd>{t(`counter.key-${deed}`)}</dd>
              </div>
            ))}
          </dl>
          <p className="small quiet">{t('counter.keys-typing')}</p>
          <div>
            <Button onClick={() => setStage(undefined)}>{t('counter.close')}</Button>
          </div>
        </div>
      </Dialog>
    </Shown.Provider>
  );
}

/** Shows the key map of a stage, for those who point. */
export function KeysButton({ stage }: { stage: Stage }) {
  const { t } = useWords();
  const show = useContext(Shown);
  return (
    <button type="button" className={styles.quietKey} onClick={() => show(stage)}>
      <kbd>?</kbd> {t('counter.keys')}
    </button>
  );
}

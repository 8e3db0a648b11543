import { type ReactNode, useCallback, useRef, useState } from 'react';
import { papersOf } from '../../api/counter-sales.api';
import { useWords } from '../../i18n';
import styles from './sale.module.css';

export type Paper = '80mm' | 'a6';
const KEPT = 'seans.counter.paper';

export const paperOfTill = (): Paper => (localStorage.getItem(KEPT) === 'a6' ? 'a6' : '80mm');
export const choosePaper = (paper: Paper): void => localStorage.setItem(KEPT, paper);

/** Sends papers to the printer from a frame that nobody sees; where a browser will not, they open in a tab. */
export function usePrinter(): { frame: ReactNode; print(orderId: string, tickets?: readonly string[]): void } {
  const { t } = useWords();
  const frame = useRef<HTMLIFrameElement>(null);
  const [papers, setPapers] = useState<{ address: string; time: number }>();
  const print = useCallback((orderId: string, tickets?: readonly string[]) => {
    setPapers({ address: papersOf(orderId, paperOfTill(), tickets), time: Date.now() });
  }, []);
  const loaded = () => {
    const { contentWindow } = frame.current ?? {};
    try {
      contentWindow?.focus();
      contentWindow?.print();
    } catch {
      if (papers) window.open(papers.address, '_blank', 'noopener');
    }
    window.focus();
  };
  return {
    print,
    frame: papers && (
      <iframe
        key={papers.time}
        ref={frame}
        className={styles.papers}
        title={t('counter.papers')}
        src={papers.address}
        aria-hidden="true"
        tabIndex={-1}
        onLoad={loaded}
      />
    ),
  };
}

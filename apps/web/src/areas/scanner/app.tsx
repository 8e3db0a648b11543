import { useEffect, useState, useSyncExternalStore } from 'react';
import { useWords } from '../../i18n';
import { useTitle } from '../../ui/use-title';
import { pairingCodeIn } from './engine/pairing.rules';
import type { Scanner } from './engine/scanner';
import { EndedScreen } from './screens/ended-screen';
import { GateScreen } from './screens/gate-screen';
import { PairingScreen } from './screens/pairing-screen';
import { PinScreen } from './screens/pin-screen';
import { PracticeCodes } from './screens/practice-codes';
import { wakeSound } from './sound';

const CODES = '#practice-codes';

/** One screen at a time: pairing, the operator's PIN, the gate, the end. */
export function ScannerApp({ scanner }: { scanner: Scanner }) {
  const { t } = useWords();
  useTitle(t('scan.title'));
  const state = useSyncExternalStore(scanner.subscribe, scanner.snapshot);
  const address = useAddress();
  useEffect(() => {
    const wake = () => wakeSound();
    const gone = () => scanner.networkGone();
    const back = () => scanner.networkBack();
    window.addEventListener('pointerdown', wake);
    window.addEventListener('keydown', wake);
    window.addEventListener('offline', gone);
    window.addEventListener('online', back);
    return () => {
      window.removeEventListener('pointerdown', wake);
      window.removeEventListener('keydown', wake);
      window.removeEventListener('offline', gone);
      window.removeEventListener('online', back);
    };
  }, [scanner]);
  if (address === CODES) return <PracticeCodes />;
  if (state.practice) return <GateScreen scanner={scanner} state={state} />;
  switch (state.phase) {
    case 'starting':
      return <main aria-busy="true" />;
    case 'unpaired':
      return <PairingScreen scanner={scanner} told={pairingCodeIn(address)} />;
    case 'pin':
      return <PinScreen scanner={scanner} state={state} />;
    case 'ended':
      return <EndedScreen scanner={scanner} state={state} />;
    case 'open':
      return <GateScreen scanner={scanner} state={state} />;
  }
}

function useAddress(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const change = () => setHash(location.hash);
    window.addEventListener('hashchange', change);
    return () => window.removeEventListener('hashchange', change);
  }, []);
  return hash;
}

import { useEffect } from 'react';

/** A phone at a gate does not go dark between two guests. */
export function useAwake(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    let over = false;
    const hold = async () => {
      if (document.hidden || over) return;
      lock = await navigator.wakeLock?.request('screen').catch(() => undefined);
      if (over) await lock?.release();
    };
    const again = () => void hold();
    again();
    document.addEventListener('visibilitychange', again);
    return () => {
      over = true;
      document.removeEventListener('visibilitychange', again);
      void lock?.release();
    };
  }, []);
}

import { useEffect, useRef } from 'react';
import { TypedBurst } from '../engine/typed-burst.rules';

/** Handheld scanners type: anywhere on the page, and whatever has the focus. */
export function useHandheld(onCode: (code: string) => void): void {
  const hear = useRef(onCode);
  hear.current = onCode;
  useEffect(() => {
    const burst = new TypedBurst();
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const inField = event.target instanceof HTMLInputElement;
      const code = burst.press(event.key, event.timeStamp, inField);
      if (code !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        hear.current(code);
      } else if (burst.running && !inField) event.preventDefault();
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, []);
}

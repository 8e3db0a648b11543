import { useEffect } from 'react';

/** Lets what stands around the page (the bar on the art) wear the page's felts. */
export function useBodyFelt(felt: string): void {
  useEffect(() => {
    document.body.classList.add(felt);
    return () => document.body.classList.remove(felt);
  }, [felt]);
}

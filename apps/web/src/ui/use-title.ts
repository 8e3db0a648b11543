import { useEffect } from 'react';

/** What the tab, the history and a screen reader call the page. */
export function useTitle(words: string | undefined): void {
  useEffect(() => {
    if (words) document.title = words;
  }, [words]);
}

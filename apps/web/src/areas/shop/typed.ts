import { useState } from 'react';

/** A field's text that survives a reload and a change of language; it lives as long as the tab. */
export function useTyped(name: string): [string, (text: string) => void] {
  const key = `seans.typed.${name}`;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  return [
    text,
    (next) => {
      setText(next);
      sessionStorage.setItem(key, next);
    },
  ];
}

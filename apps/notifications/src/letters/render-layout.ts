/** A piece of a compiled layout: text as it is, a place for one value, or what comes once for each of a list. */
export type LayoutPart = string | { slot: string } | { block: string; parts: readonly LayoutPart[] };

/** HTML by slot; for a block the values of each time it comes. What is missing is empty. */
export interface Values {
  [name: string]: string | readonly Values[] | undefined;
}

/** Fills a layout. Values are HTML already. */
export function render(parts: readonly LayoutPart[], values: Values): string {
  let html = '';
  for (const part of parts) {
    if (typeof part === 'string') html += part;
    else if ('slot' in part) {
      const value = values[part.slot];
      if (typeof value === 'string') html += value;
    } else {
      const times = values[part.block];
      if (typeof times !== 'object') continue;
      for (const one of times) html += render(part.parts, one);
    }
  }
  return html;
}

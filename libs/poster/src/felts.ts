import type { Felt } from './poster.rules.js';

/** The two felts of a pair and the light above them, for drawings that know no style sheet (PDF, wallet, share image). */
export interface FeltColours {
  ground: string;
  figure: string;
  light: string;
  /** Reads at least 4.5 on the ground. */
  text: string;
}

/** The same pairs as the classes `felt-…` of the web's tokens.css. */
export const FELT_COLOURS: Readonly<Record<Felt, FeltColours>> = {
  aport: { ground: '#C4122F', figure: '#FBC9CF', light: '#FFB52E', text: '#FFFFFF' },
  indigo: { ground: '#27307F', figure: '#BBDDF3', light: '#F2683C', text: '#BBDDF3' },
  spruce: { ground: '#0B3B33', figure: '#B4D15C', light: '#FFB52E', text: '#FFFFFF' },
  plum: { ground: '#4B0F2E', figure: '#F59CB0', light: '#FFB52E', text: '#FFFFFF' },
  lake: { ground: '#0D6672', figure: '#D5EFEA', light: '#FFB52E', text: '#FFFFFF' },
  sun: { ground: '#FFB52E', figure: '#C4122F', light: '#FFFFFF', text: '#0F211D' },
  sky: { ground: '#BBDDF3', figure: '#27307F', light: '#C4122F', text: '#27307F' },
  blush: { ground: '#FBC9CF', figure: '#0B3B33', light: '#C4122F', text: '#0B3B33' },
  ember: { ground: '#F2683C', figure: '#4B0F2E', light: '#FFF0D6', text: '#0F211D' },
  dusk: { ground: '#27307F', figure: '#FFB52E', light: '#F59CB0', text: '#FFFFFF' },
  apple: { ground: '#B4D15C', figure: '#4B0F2E', light: '#FFFFFF', text: '#4B0F2E' },
  ice: { ground: '#D5EFEA', figure: '#C4122F', light: '#27307F', text: '#0F211D' },
};

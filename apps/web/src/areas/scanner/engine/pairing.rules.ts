import { normaliseCode } from '#libs/kernel';

const IN_ADDRESS = /#pair=([0-9A-Za-z-]+)/;
/** 80 bits in Crockford's letters. */
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;

/** The pairing code in what was read or typed: the address of the back office's QR, or the code alone. */
export function pairingCodeIn(text: string): string | undefined {
  const inAddress = IN_ADDRESS.exec(text)?.[1];
  if (inAddress === undefined && text.includes('/')) return undefined;
  const code = normaliseCode(inAddress ?? text);
  return CODE.test(code) ? code : undefined;
}

import { createHmac, timingSafeEqual } from 'node:crypto';

/** So many letters of the signature are in an address: its local part ends at 64 characters. */
const SIGNED = 16;
const PATH = /^bounce\+([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})-([0-9a-f]{16})@(.+)$/i;

function signature(id: string, key: Buffer): string {
  return createHmac('sha256', key).update(`return-path ${id}`).digest('hex').slice(0, SIGNED);
}

/** Where a mail returns to: its own address, so that what comes back names the mail even when it quotes nothing. */
export function returnPath(deliveryId: string, domain: string, key: Buffer): string {
  return `bounce+${deliveryId}-${signature(deliveryId, key)}@${domain}`;
}

/** The delivery of a return path; undefined when we did not make it. */
export function deliveryOf(address: string, domain: string, key: Buffer): string | undefined {
  const [, id = '', signed = '', host = ''] = PATH.exec(address) ?? [];
  if (!id || host.toLowerCase() !== domain.toLowerCase()) return undefined;
  const expected = Buffer.from(signature(id.toLowerCase(), key));
  return timingSafeEqual(expected, Buffer.from(signed.toLowerCase())) ? id.toLowerCase() : undefined;
}

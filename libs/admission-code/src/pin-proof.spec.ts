import { letInBy, onDuty, pinKeyOf, pinProof, pinProves } from './pin-proof.js';

const SALT = { proofSalt: Buffer.from('of this pin alone').toString('base64url'), iterations: 1_000 };

describe('the proof of a PIN', () => {
  it('is made by whoever typed the digits, and by nobody who typed others', async () => {
    const [typed, checked] = [await pinKeyOf('2468', SALT), await pinKeyOf('2468', SALT)];
    const text = letInBy('a-scan', 'Film team');
    const proof = await pinProof(typed, text);
    expect(await pinProves(checked, text, proof)).toBe(true);
    expect(await pinProves(await pinKeyOf('2469', SALT), text, proof)).toBe(false);
    expect(await pinProves(await pinKeyOf('2468', { ...SALT, proofSalt: 'AAAA' }), text, proof)).toBe(false);
  });
  it('is good for one scan and its reason, and for nothing else', async () => {
    const key = await pinKeyOf('2468', SALT);
    const proof = await pinProof(key, letInBy('a-scan', 'Film team'));
    for (const other of [letInBy('another', 'Film team'), letInBy('a-scan', 'A friend'), onDuty('a-scan')])
      expect(await pinProves(key, other, proof)).toBe(false);
  });
  it('takes nonsense for no proof', async () => {
    const key = await pinKeyOf('2468', SALT);
    for (const nonsense of ['', 'AAAA', 'no base64 at all %']) expect(await pinProves(key, 'x', nonsense)).toBe(false);
  });
});

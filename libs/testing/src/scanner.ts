import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A gate device as a spec plays it: its own P-256 key, paired and with a session open. */
export interface TestScanner {
  deviceId: string;
  token: string;
  /** As WebCrypto signs: ECDSA P-256 with SHA-256, base64url. */
  sign(text: string): string;
  /** A further session; `duty` proves who is on duty by the challenge. */
  open(duty?: (challenge: string) => Promise<{ by: string; proof: string }>): Promise<string>;
}

type Post = (path: string, body: unknown) => Promise<{ status: number; body: unknown }>;

/**
 * Pairs with a code and opens a session.
 * @param post sends to the door's routes: "/pair", "/challenges", "/sessions"
 */
export async function pairScanner(post: Post, pairingCode: string): Promise<TestScanner> {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y } = pair.publicKey.export({ format: 'jwk' });
  const paired = await post('/pair', {
    pairingCode,
    publicKey: { kty, crv, x, y },
    proof: signed(pair.privateKey, pairingCode),
  });
  if (paired.status !== 201) throw new Error(`not paired: ${JSON.stringify(paired.body)}`);
  const { deviceId } = paired.body as { deviceId: string };
  const open: TestScanner['open'] = async (duty) => {
    const asked = await post('/challenges', { deviceId });
    if (asked.status !== 201) throw new Error(`no challenge: ${JSON.stringify(asked.body)}`);
    const { challenge } = asked.body as { challenge: string };
    const signature = signed(pair.privateKey, challenge);
    const session = await post('/sessions', {
      deviceId,
      challenge,
      signature,
      ...(duty && { operator: await duty(challenge) }),
    });
    if (session.status !== 201) throw new Error(`no session: ${JSON.stringify(session.body)}`);
    return (session.body as { token: string }).token;
  };
  return { deviceId, token: await open(), sign: (text) => signed(pair.privateKey, text), open };
}

function signed(key: KeyObject, text: string): string {
  return sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
}

import { randomUUID } from 'node:crypto';
import type { Order, ScanVerdict } from '#libs/contracts';
import { openGate } from './gate.js';
import type { Journalist } from './press.step.js';
import type { Stage } from './stage.js';
import { twoGates } from './two-gates.js';
import { check } from './walk.js';

export type Scan = (code: string, scanId?: string) => Promise<ScanVerdict>;

/** A scanner of the house manager's, paired by its own key, at the door of a screening. */
export async function pairScanner(stage: Stage, screeningId: string): Promise<Scan> {
  const gate = await openGate(stage, '1');
  return async (code, scanId = randomUUID()) => {
    const answer = await gate.post<ScanVerdict>('/scans', {
      scanId,
      screeningId,
      code,
      at: new Date().toISOString(),
    });
    check(answer.status === 200, 'the door answers', answer.body);
    return answer.body;
  };
}

/** l. The door: both come in once; a second scan, a forgery and a revoked badge do not. */
export async function doorStep(
  stage: Stage,
  screening: { id: string; doorsOpenAt: Date },
  order: Order,
  journalist: Journalist,
  say: (line: string) => void,
): Promise<void> {
  await stage.stepClock(new Date(screening.doorsOpenAt.getTime() + 5 * 60_000));
  const scan = await pairScanner(stage, screening.id);
  const expectVerdict = async (code: string, verdict: string, what: string, scanId?: string): Promise<ScanVerdict> => {
    const answer = await scan(code, scanId);
    check(answer.verdict === verdict, `${what}: ${verdict}`, answer);
    return answer;
  };
  const ticket = order.tickets[0]!;
  // The clock's step reaches every process within a second.
  let first = await scan(ticket.admissionCode);
  for (let i = 0; first.verdict === 'not_yet_valid' && i < 20; i++) {
    await new Promise((done) => setTimeout(done, 150));
    first = await scan(ticket.admissionCode);
  }
  check(first.verdict === 'ok' && first.seat === ticket.seat, 'the ticket opens the door', first);
  await expectVerdict(ticket.admissionCode, 'already_used', 'the same ticket again');
  const repeated = await scan(ticket.admissionCode, first.scanId);
  check(repeated.verdict === 'ok', 'a scan whose answer got lost gets the same answer', repeated);
  await expectVerdict(journalist.admissionCode, 'ok', 'the badge with its booking');
  await expectVerdict(journalist.admissionCode, 'already_used', 'the same badge again');
  const code = order.tickets[1]!.admissionCode;
  const forged = code.slice(0, 20) + (code[20] === 'A' ? 'B' : 'A') + code.slice(21);
  await expectVerdict(forged, 'bad_signature', 'a forged code');
  await expectVerdict('HELLO', 'unknown', 'no code at all');
  say('the ticket and the badge came in once; second scans: already_used; a forged code: bad_signature');

  await twoGates(stage, screening.id, order, say);

  const officer = await stage.signedIn('accreditation-officer');
  const from = Date.now();
  const revoked = await officer.post(`/accreditations/review/badges/${journalist.badgeId}/revoke`, {
    reason: 'Demonstration',
  });
  check(revoked.status < 300, 'the officer revokes the badge', revoked.body);
  let verdict = await scan(journalist.admissionCode);
  while (verdict.verdict !== 'revoked' && Date.now() - from < 5_000) verdict = await scan(journalist.admissionCode);
  check(verdict.verdict === 'revoked', 'the gate refuses it within 5 seconds', verdict);
  say(`the revoked badge is refused ${((Date.now() - from) / 1_000).toFixed(2)} s after the officer's click`);
}

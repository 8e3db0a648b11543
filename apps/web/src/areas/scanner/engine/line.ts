import type { DeviceSession, OpenDeviceSession } from '#libs/contracts';
import { HouseSaysNo, HouseSilent } from './answers';
import { type ClockOffset, offsetFrom } from './clock.rules';
import type { DoorServer } from './server';

export type EndedBy = 'revoked' | 'shift-over';

interface LineParts {
  server: DoorServer;
  deviceId: string;
  /** Over UTF-8 of the challenge, by the device's key. */
  sign(text: string): Promise<string>;
  onClock(offset: ClockOffset): void;
  onDuty(challenge: string): Promise<OpenDeviceSession['operator']>;
  onDutyRefused(): void;
  onChange(up: boolean): void;
  onEnded(by: EndedBy): void;
}

/** A token is renewed when this much of it is left. */
const RENEW_MS = 60_000;
/** What the house says of an operator's PIN that it does not take. */
const DUTY_REFUSED = /^door-pin-/;
const ENDED: Record<string, EndedBy> = { 'device-revoked': 'revoked', 'device-shift-over': 'shift-over' };

/** Whether the network answers, and who the device is to it. The token is in memory alone. */
export class Line {
  up = true;
  private session: Promise<{ token: string; until: number }> | undefined;

  constructor(private readonly parts: LineParts) {}

  /** Asks as this device. Silence rejects with `HouseSilent` and cuts the line, any answer mends it. */
  async ask<T>(work: (token: string) => Promise<T>): Promise<T> {
    try {
      const answer = await this.asked(work);
      this.is(true);
      return answer;
    } catch (error) {
      if (error instanceof HouseSilent) this.is(false);
      else if (error instanceof HouseSaysNo) this.heard(error);
      throw error;
    }
  }

  /** The browser itself says that there is no network. */
  cut(): void {
    this.is(false);
  }

  /** The session is given up; the next question opens another. */
  renew(): void {
    this.session = undefined;
  }

  private async asked<T>(work: (token: string) => Promise<T>): Promise<T> {
    const token = await this.token();
    try {
      return await work(token);
    } catch (error) {
      if (!(error instanceof HouseSaysNo) || error.status !== 401 || error.code in ENDED) throw error;
      this.session = undefined;
      return work(await this.token());
    }
  }

  private async token(): Promise<string> {
    const known = await this.session?.catch(() => undefined);
    if (known && known.until - Date.now() > RENEW_MS) return known.token;
    this.session = this.open();
    this.session.catch(() => {
      this.session = undefined;
    });
    return (await this.session).token;
  }

  private async open(): Promise<{ token: string; until: number }> {
    const { deviceId, sign, onClock, onDuty } = this.parts;
    const { challenge } = await this.parts.server.challenge(deviceId);
    const [signature, operator] = await Promise.all([sign(challenge), onDuty(challenge)]);
    const asked = Date.now();
    const session = await this.opened({ deviceId, challenge, signature, ...(operator && { operator }) });
    const answered = Date.now();
    onClock({
      offsetMs: offsetFrom(new Date(session.serverTime), asked, answered),
      festivalOffsetMs: session.festivalOffsetMs,
    });
    const lasts = Date.parse(session.expiresAt) - Date.parse(session.serverTime);
    return { token: session.token, until: answered + lasts };
  }

  private async opened(body: OpenDeviceSession): Promise<DeviceSession> {
    try {
      return await this.parts.server.openSession(body);
    } catch (error) {
      if (body.operator && error instanceof HouseSaysNo && DUTY_REFUSED.test(error.code)) this.parts.onDutyRefused();
      throw error;
    }
  }

  private heard(problem: HouseSaysNo): void {
    this.is(true);
    const by = ENDED[problem.code];
    if (by) this.parts.onEnded(by);
  }

  private is(up: boolean): void {
    if (this.up === up) return;
    this.up = up;
    this.parts.onChange(up);
  }
}

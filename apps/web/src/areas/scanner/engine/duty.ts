import { letInBy, onDuty, type PinKey, pinKeyOf, pinProof } from '#libs/admission-code';
import type { DevicePin, OpenDeviceSession, ScanAnswers } from '#libs/contracts';
import { afterTry, NO_TRIES, type PinAnswer, type PinTries, pinOf, secondsLocked } from './pin.rules';
import type { ScannerState } from './state';

type Override = NonNullable<ScanAnswers['override']>;

interface DutyParts {
  now(): number;
  pins(): readonly DevicePin[];
  set(change: Partial<ScannerState>): void;
  /** Somebody else is on duty: the house is to be told with a new session. */
  onChange(): void;
}

/** Who is on duty at this gate: PINs are checked here, also without a network, and proven to the house where there is one. */
export class Duty {
  private operator: { pin: DevicePin; key: PinKey } | undefined;
  private tries: PinTries = NO_TRIES;

  constructor(private readonly parts: DutyParts) {}

  get operatorId(): string | undefined {
    return this.operator?.pin.id;
  }

  /** Where work begins: at the PIN of the shift, where the house has set any. */
  get begins(): 'pin' | 'open' {
    return this.parts.pins().some(({ role }) => role === 'operator') ? 'pin' : 'open';
  }

  /** The operator's PIN at the begin of a shift. */
  async begin(digits: string): Promise<PinAnswer> {
    const [answer, pin, key] = await this.typed('operator', digits);
    if (pin) {
      this.operator = { pin, key };
      this.parts.onChange();
      this.parts.set({ phase: 'open', operator: pin.label, mayFind: pin.mayFind });
    }
    return answer;
  }

  /** Another operator takes over, or the house takes this one's PIN no more. */
  handOver(phase = this.begins): void {
    this.operator = undefined;
    this.parts.onChange();
    this.parts.set({ phase, operator: undefined, mayFind: false, shown: undefined });
  }

  /** What a new session says of whoever is on duty. */
  async proof(challenge: string): Promise<OpenDeviceSession['operator']> {
    if (!this.operator) return undefined;
    const { pin, key } = this.operator;
    return { by: pin.id, proof: await pinProof(key, onDuty(challenge)) };
  }

  /** A house manager's word for one scan: with the digits for a house that answers, with a proof for one that can't be asked. */
  async override(digits: string, reason: string, scanId: string): Promise<[PinAnswer, Override?]> {
    const [answer, pin, key] = await this.typed('house-manager', digits);
    if (!pin) return [answer];
    return [answer, { by: pin.id, reason, pin: digits, proof: await pinProof(key, letInBy(scanId, reason)) }];
  }

  private async typed(
    role: DevicePin['role'],
    digits: string,
  ): Promise<[answer: 'right', pin: DevicePin, key: PinKey] | [answer: PinAnswer, pin?: undefined, key?: undefined]> {
    const now = this.parts.now();
    if (secondsLocked(this.tries, now) > 0) return ['locked'];
    const mine = this.parts.pins().filter((one) => one.role === role);
    const pin = await pinOf(digits, mine);
    this.tries = afterTry(this.tries, pin !== undefined, now);
    this.parts.set({ tries: this.tries });
    return pin ? ['right', pin, await pinKeyOf(digits, pin)] : ['wrong'];
  }
}

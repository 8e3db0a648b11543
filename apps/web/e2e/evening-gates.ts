import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { CDPSession } from 'playwright-core';
import { onDuty, pinKeyOf, pinProof } from '#libs/admission-code';
import type { HousePage, PairedDevice, ScanVerdict, UploadedScan, UploadedScans } from '#libs/contracts';
import { EDITION, type Somebody } from './evening-cast';
import { type GateDevice, handheld } from './gate-device';

/** Words on the scanner's screens in the language of a gate. */
const WORDS = {
  kk: { pin: 'Ауысым PIN-коды', start: 'Бастау', next: 'Келесі', settings: 'Сеанс пен баптау', close: 'Жабу' },
  ru: { pin: 'PIN смены', start: 'Начать', next: 'Дальше', settings: 'Сеанс и настройки', close: 'Закрыть' },
};

export interface Registered {
  deviceId: string;
  pairingCode: string;
}

export function register(manager: Somebody, gate: string, more: object = {}): Promise<Registered> {
  const name = `Evening ${gate} ${randomUUID().slice(0, 4)}`;
  return manager.post<Registered>('/tickets/door/devices', { editionId: EDITION, name, gate, ...more });
}

/** The scanner app in a browser of its own, with a handheld reader at its side. */
export class AppGate {
  /** Codes that were presented. */
  scans = 0;
  /** Batches as they went up. */
  readonly uploads: { token: string; body: string }[] = [];

  private wire: CDPSession | undefined;

  constructor(
    readonly device: GateDevice,
    private readonly web: string,
    private readonly language: keyof typeof WORDS,
  ) {
    device.page.on('request', (request) => {
      const token = request.headers()['x-device-token'];
      if (token && request.url().endsWith('/door/uploads'))
        this.uploads.push({ token, body: request.postData() ?? '' });
    });
  }

  get verdict() {
    return this.device.page.locator('[data-verdict]');
  }

  async open(pairingCode: string, pin: string, screening: string): Promise<void> {
    const { page } = this.device;
    const words = WORDS[this.language];
    await page.goto(`${this.web}/scanner`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await handheld(page, `${this.web}/scanner#pair=${pairingCode}`);
    await page.getByLabel(words.pin).fill(pin);
    await page.getByRole('button', { name: words.start }).click();
    await page.getByRole('button', { name: words.settings }).last().click();
    await page.locator(`input[value="${screening}"]`).check();
    await page.getByRole('dialog').getByRole('button', { name: words.close }).click();
    await page.evaluate('navigator.serviceWorker.ready.then(() => undefined)');
  }

  /** Presents a code; a refusal that still stands is put away first, as a volunteer in a hurry does. */
  async scan(code: string): Promise<string> {
    const { page } = this.device;
    const before = page.locator('[data-verdict]:not([data-tone=green])');
    if ((await before.count()) > 0) await this.next();
    const last = await this.verdict.getAttribute('data-scan', { timeout: 50 }).catch(() => null);
    this.scans += 1;
    await this.present(code);
    const fresh = page.locator(last ? `[data-verdict]:not([data-scan="${last}"])` : '[data-verdict]');
    return (await fresh.getAttribute('data-verdict')) ?? '';
  }

  /** As a reader at the cable does: all keys at once, whatever the page is busy with. */
  private async present(code: string): Promise<void> {
    this.wire ??= await this.device.context.newCDPSession(this.device.page);
    const { wire } = this;
    const keys = [...code].map((key) => ({ key, text: key }));
    await Promise.all(
      [...keys, { key: 'Enter', text: '\r' }].flatMap((one) => [
        wire.send('Input.dispatchKeyEvent', { type: 'keyDown', ...one }),
        wire.send('Input.dispatchKeyEvent', { type: 'keyUp', key: one.key }),
      ]),
    );
  }

  async next(): Promise<void> {
    await this.verdict.getByRole('button', { name: WORDS[this.language].next }).click();
    await this.verdict.waitFor({ state: 'detached' });
  }

  async line(up: boolean): Promise<void> {
    await this.device.context.setOffline(!up);
    await this.device.page.locator(`[data-online=${up}]`).waitFor();
  }

  allSent(): Promise<void> {
    return this.device.page.locator('[data-waiting="0"]').waitFor();
  }

  /** Everything that went up goes up once more. */
  async uploadAgain(): Promise<UploadedScans['scans']> {
    const answers: UploadedScans['scans'] = [];
    for (const { token, body } of this.uploads) {
      const answer = await fetch(`${this.web}/api/tickets/door/uploads`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: this.web, 'X-Device-Token': token },
        body,
      });
      if (!answer.ok) throw new Error(await answer.text());
      answers.push(...((await answer.json()) as UploadedScans).scans);
    }
    return answers;
  }
}

/** A scanner without a screen: its key, its session, its answers. */
export class BareGate {
  scans = 0;
  private token = '';

  constructor(
    private readonly api: Somebody,
    private readonly screening: string,
  ) {}

  /** @param digits the PIN of the shift, proven with the session */
  async open({ pairingCode }: Registered, digits: string): Promise<this> {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signed = (text: string) =>
      sign('sha256', Buffer.from(text), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
    const { kty, crv, x, y } = pair.publicKey.export({ format: 'jwk' });
    const proof = { pairingCode, publicKey: { kty, crv, x, y }, proof: signed(pairingCode) };
    const { deviceId, pins } = await this.api.post<PairedDevice>('/tickets/door/pair', proof);
    const { challenge = '' } = await this.api.post('/tickets/door/challenges', { deviceId });
    const pin = pins.find(({ role, label }) => role === 'operator' && label === 'Evening')!;
    const operator = { by: pin.id, proof: await pinProof(await pinKeyOf(digits, pin), onDuty(challenge)) };
    const session = { deviceId, challenge, signature: signed(challenge), operator };
    this.token = (await this.api.post('/tickets/door/sessions', session)).token ?? '';
    return this;
  }

  scan(code: string, more: object = {}): Promise<ScanVerdict> {
    this.scans += 1;
    const body = { scanId: randomUUID(), screeningId: this.screening, code, at: new Date().toISOString(), ...more };
    return this.send<ScanVerdict>('/scans', body);
  }

  /** Lets in by itself, and tells it afterwards. */
  upload(scans: Partial<UploadedScan>[]): Promise<UploadedScans> {
    return this.send<UploadedScans>('/uploads', { scans });
  }

  private send<T>(path: string, body: object): Promise<T> {
    return this.api.send<T>('POST', `/tickets/door${path}`, body, { 'X-Device-Token': this.token });
  }
}

/** The figures that may not change when something is told twice. */
export function countedOf({ screening, gates, conflicts, quarantined }: HousePage): object {
  return {
    admitted: screening.admitted,
    inside: screening.capacity.inside,
    gates: gates.map(({ gate, admitted, refused }) => ({ gate, admitted, refused })),
    conflicts: conflicts.map(({ key, scans }) => ({ key, scans: scans.map(({ scanId }) => scanId) })),
    quarantined,
  };
}

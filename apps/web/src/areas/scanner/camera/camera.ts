import type { FrameToRead, ReadFrame } from './code-reader.worker';

export type CameraState = 'starting' | 'reading' | 'refused' | 'none' | 'broken';

export interface CameraSight {
  text: string;
  /** When its frame was taken, by the page's monotonic clock. */
  takenAt: number;
  /** How long the reader worked on it. */
  readMs: number;
}

interface Listeners {
  onState(state: CameraState, torch: boolean): void;
  onSight(sight: CameraSight): void;
}

/** The side of the square that is read: a code of 49 modules fills a third of it and still has 4 pixels a module. */
const SIDE = 640;
/** Every so many frames the reader looks harder, at the whole picture. */
const PATIENT_EVERY = 5;

type Torch = MediaTrackConstraints & { advanced?: { torch?: boolean }[] };

/** Reads codes from the camera all the time, behind whatever the page shows, and never on the page's own thread. */
export class Camera {
  private readonly reader = new Worker(new URL('./code-reader.worker.ts', import.meta.url), {
    type: 'module',
    name: 'code-reader',
  });
  private stream: MediaStream | undefined;
  private frames = 0;
  private busy = false;
  private takenAt = 0;
  private stopped = false;
  private ready = false;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly listeners: Listeners,
  ) {
    this.reader.addEventListener('message', ({ data }: MessageEvent<ReadFrame | 'ready' | 'broken'>) => {
      if (data === 'broken') listeners.onState('broken', false);
      else if (data === 'ready') this.ready = true;
      else {
        this.busy = false;
        if (data.text) listeners.onSight({ text: data.text, takenAt: this.takenAt, readMs: data.ms });
      }
    });
  }

  async start(): Promise<void> {
    if (!navigator.mediaDevices?.getUserMedia) return this.listeners.onState('none', false);
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { facingMode: { ideal: 'environment' }, width: { ideal: 1_280 }, height: { ideal: 720 } },
      });
    } catch (error) {
      const name = error instanceof DOMException ? error.name : '';
      return this.listeners.onState(name === 'NotAllowedError' ? 'refused' : 'none', false);
    }
    if (this.stopped) return this.stop();
    const [track] = this.stream.getVideoTracks();
    track?.addEventListener('ended', () => this.listeners.onState('none', false));
    this.video.srcObject = this.stream;
    await this.video.play().catch(() => undefined);
    const abilities = (track?.getCapabilities?.() ?? {}) as { torch?: boolean };
    this.listeners.onState('reading', abilities.torch === true);
    this.next();
  }

  async torch(on: boolean): Promise<void> {
    const [track] = this.stream?.getVideoTracks() ?? [];
    await track?.applyConstraints({ advanced: [{ torch: on }] } as Torch).catch(() => undefined);
  }

  stop(): void {
    this.stopped = true;
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.video.srcObject = null;
    this.reader.terminate();
  }

  private next(): void {
    if (this.stopped) return;
    this.video.requestVideoFrameCallback(() => {
      void this.look().finally(() => this.next());
    });
  }

  private async look(): Promise<void> {
    const { videoWidth: width, videoHeight: height } = this.video;
    if (this.busy || !this.ready || width === 0 || document.hidden) return;
    this.busy = true;
    this.frames += 1;
    const patient = this.frames % PATIENT_EVERY === 0;
    const side = Math.min(width, height);
    const [x, y, w, h] = patient ? [0, 0, width, height] : [(width - side) / 2, (height - side) / 2, side, side];
    const scale = Math.min(1, SIDE / side);
    this.takenAt = performance.now();
    try {
      const frame = await createImageBitmap(this.video, x, y, w, h, {
        resizeWidth: Math.round(w * scale),
        resizeHeight: Math.round(h * scale),
        resizeQuality: 'low',
      });
      const message: FrameToRead = { frame, patient };
      this.reader.postMessage(message, [frame]);
    } catch {
      this.busy = false;
    }
  }
}

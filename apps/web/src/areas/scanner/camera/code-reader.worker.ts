import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

/** A part of the camera's picture, to be read. */
export interface FrameToRead {
  frame: ImageBitmap;
  /** A second look with more patience: small, dirty or bent codes. */
  patient: boolean;
}
export interface ReadFrame {
  text: string | null;
  /** How long reading took in this worker. */
  ms: number;
}

const QUICK: ReaderOptions = {
  formats: ['QRCode'],
  tryHarder: false,
  tryRotate: false,
  tryInvert: false,
  tryDownscale: false,
  maxNumberOfSymbols: 1,
};
const PATIENT: ReaderOptions = { ...QUICK, tryHarder: true, tryInvert: true, tryDownscale: true };

prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true }).then(
  () => postMessage('ready'),
  () => postMessage('broken'),
);

const canvas = new OffscreenCanvas(1, 1);
const context = canvas.getContext('2d', { willReadFrequently: true });

self.addEventListener('message', ({ data: { frame, patient } }: MessageEvent<FrameToRead>) => {
  void read(frame, patient).then((answer) => postMessage(answer));
});

async function read(frame: ImageBitmap, patient: boolean): Promise<ReadFrame> {
  const began = performance.now();
  try {
    if (canvas.width !== frame.width) canvas.width = frame.width;
    if (canvas.height !== frame.height) canvas.height = frame.height;
    context?.drawImage(frame, 0, 0);
    frame.close();
    const picture = context?.getImageData(0, 0, canvas.width, canvas.height);
    const [found] = picture ? await readBarcodes(picture, patient ? PATIENT : QUICK) : [];
    return { text: found?.isValid ? found.text : null, ms: performance.now() - began };
  } catch {
    return { text: null, ms: performance.now() - began };
  }
}

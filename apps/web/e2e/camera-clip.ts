import { closeSync, openSync, writeSync } from 'node:fs';
import qrcode from 'qrcode-generator';

/** One picture of the clip: a code held up to the camera, or nobody there. */
export interface Scene {
  code: string | null;
  seconds: number;
}

const WIDTH = 640;
const HEIGHT = 480;
const FRAMES_A_SECOND = 10;
const GREY = 128;
const PAPER = 225;
const INK = 30;
const FOYER = 90;

/** Luminance of one frame: a code of half the picture's height on paper, a little out of the middle, in a dim foyer. */
function frame(code: string | null): Buffer {
  const picture = Buffer.alloc(WIDTH * HEIGHT + (WIDTH * HEIGHT) / 2, GREY);
  picture.fill(FOYER, 0, WIDTH * HEIGHT);
  if (code === null) return picture;
  const qr = qrcode(0, 'Q');
  qr.addData(code, /^[0-9A-Z $%*+\-./:]+$/.test(code) ? 'Alphanumeric' : 'Byte');
  qr.make();
  const count = qr.getModuleCount() + 8;
  const scale = Math.floor((HEIGHT * 0.7) / count);
  const left = Math.floor((WIDTH - count * scale) / 2) + 17;
  const top = Math.floor((HEIGHT - count * scale) / 2) - 11;
  for (let y = 0; y < count * scale; y++)
    for (let x = 0; x < count * scale; x++) {
      const [row, column] = [Math.floor(y / scale) - 4, Math.floor(x / scale) - 4];
      const inside = row >= 0 && column >= 0 && row < count - 8 && column < count - 8;
      picture[(top + y) * WIDTH + left + x] = inside && qr.isDark(row, column) ? INK : PAPER;
    }
  return picture;
}

/** Writes what Chromium's fake camera plays, over and over: YUV4MPEG2, 4:2:0. */
export function writeCameraClip(path: string, scenes: readonly Scene[]): void {
  const file = openSync(path, 'w');
  writeSync(file, `YUV4MPEG2 W${WIDTH} H${HEIGHT} F${FRAMES_A_SECOND}:1 Ip A1:1 C420jpeg\n`);
  for (const { code, seconds } of scenes) {
    const picture = frame(code);
    for (let n = 0; n < seconds * FRAMES_A_SECOND; n++) {
      writeSync(file, 'FRAME\n');
      writeSync(file, picture);
    }
  }
  closeSync(file);
}

import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useWords } from '../../i18n';
import { Button, Notice, ui } from '../../ui/parts';
import styles from './papers.module.css';
import { cropOf, type Place } from './portrait-crop.rules';

const WIDTH = 900;
const HEIGHT = 1200;
const STEP = 0.02;
const MOVES: Record<string, [number, number]> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

/** Cuts a portrait at 3:4 before it is sent: dragged by pointer or moved by arrow keys, nearer by the slider or plus and minus. */
export function PortraitCrop({ file, onDone, onCancel }: { file: File; onDone(file: File): void; onCancel(): void }) {
  const { t } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [image, setImage] = useState<ImageBitmap | 'unreadable'>();
  const [place, setPlace] = useState<Place>({ x: 0.5, y: 0.4, zoom: 1 });
  const grabbed = useRef<{ x: number; y: number; from: Place }>(undefined);
  useEffect(() => {
    createImageBitmap(file).then(setImage, () => setImage('unreadable'));
  }, [file]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !image || image === 'unreadable') return;
    const cut = cropOf(image, place);
    context.drawImage(image, cut.x, cut.y, cut.width, cut.height, 0, 0, WIDTH, HEIGHT);
  }, [image, place]);
  const move = (dx: number, dy: number, from = place) =>
    setPlace({ ...from, x: within(from.x - dx), y: within(from.y - dy) });
  const zoom = (to: number) => setPlace({ ...place, zoom: Math.min(4, Math.max(1, to)) });
  const onKey = (event: KeyboardEvent) => {
    const by = MOVES[event.key];
    if (by) move(...by);
    else if (event.key === '+' || event.key === '=') zoom(place.zoom + 0.1);
    else if (event.key === '-') zoom(place.zoom - 0.1);
    else return;
    event.preventDefault();
  };
  const onMove = (event: PointerEvent) => {
    const grip = grabbed.current;
    if (!grip) return;
    const box = event.currentTarget.getBoundingClientRect();
    move((event.clientX - grip.x) / box.width, (event.clientY - grip.y) / box.height, grip.from);
  };
  const finish = () =>
    canvas.current?.toBlob(
      (blob) => blob && onDone(new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg' })),
      'image/jpeg',
      0.92,
    );
  if (image === 'unreadable')
    return (
      <Notice tone="error" title={t('crop.unreadable')}>
        <Button kind="quiet" onClick={onCancel}>
          {t('crop.other')}
        </Button>
      </Notice>
    );
  return (
    <div className={styles.crop}>
      <div
        className={styles.frame}
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is moved by arrow keys
        tabIndex={0}
        aria-label={t('crop.frame')}
        aria-describedby="crop-keys"
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          grabbed.current = { x: event.clientX, y: event.clientY, from: place };
        }}
        onPointerMove={onMove}
        onPointerUp={() => {
          grabbed.current = undefined;
        }}
      >
        <canvas ref={canvas} width={WIDTH} height={HEIGHT} />
        <svg viewBox="0 0 90 120" aria-hidden="true">
          <ellipse cx="45" cy="52" rx="24" ry="32" />
        </svg>
      </div>
      <div className={ui.stack}>
        <p id="crop-keys">{t('crop.how')}</p>
        <label className={ui.field}>
          <span className={ui.label}>{t('crop.zoom')}</span>
          <input
            type="range"
            min={1}
            max={4}
            step={0.05}
            value={place.zoom}
            onChange={(event) => zoom(Number(event.target.value))}
          />
        </label>
        <div className={styles.verbs}>
          <Button onClick={finish}>{t('crop.use')}</Button>
          <Button kind="outline" onClick={onCancel}>
            {t('crop.other')}
          </Button>
        </div>
      </div>
    </div>
  );
}

const within = (share: number) => Math.min(1, Math.max(0, share));

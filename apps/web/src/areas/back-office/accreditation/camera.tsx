import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../i18n';
import { Icon } from '../../../ui/icon';
import { Button, Field, Notice } from '../../../ui/parts';
import styles from './desk.module.css';

const WIDTH = 900;
const HEIGHT = 1200;

/** The desk's camera: a portrait at 3:4 by one press; where there is none, a file. */
export function Camera({ photo, onPhoto }: { photo: File | undefined; onPhoto(file: File | undefined): void }) {
  const { t } = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [stream, setStream] = useState<MediaStream | 'none'>();
  async function start() {
    try {
      const wanted = { video: { width: { ideal: 1280 }, facingMode: 'user' } };
      setStream(await navigator.mediaDevices.getUserMedia(wanted));
    } catch {
      setStream('none');
    }
  }
  useEffect(() => {
    if (!stream || stream === 'none') return;
    if (video.current) video.current.srcObject = stream;
    return () => {
      for (const track of stream.getTracks()) track.stop();
    };
  }, [stream]);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!photo || !context) return;
    void createImageBitmap(photo).then(
      (image) => drawCut(context, image, image.width, image.height),
      () => undefined,
    );
  }, [photo]);
  function take() {
    const shown = video.current;
    const context = canvas.current?.getContext('2d');
    if (!shown || !context) return;
    drawCut(context, shown, shown.videoWidth, shown.videoHeight);
    canvas.current?.toBlob(
      (blob) => blob && onPhoto(new File([blob], 'portrait.jpg', { type: 'image/jpeg' })),
      'image/jpeg',
      0.92,
    );
  }
  const live = stream !== undefined && stream !== 'none';
  return (
    <div className={styles.camera}>
      <div className={styles.finder}>
        <video
          ref={video}
          autoPlay
          playsInline
          muted
          hidden={!live || photo !== undefined}
          aria-label={t('desk.camera')}
        />
        <canvas ref={canvas} width={WIDTH} height={HEIGHT} hidden={!photo} role="img" aria-label={t('desk.portrait')} />
        {!live && !photo && <Icon name="camera" />}
      </div>
      {photo ? (
        <Button kind="outline" onClick={() => onPhoto(undefined)}>
          {t('desk.again')}
        </Button>
      ) : live ? (
        <Button onClick={take}>
          <Icon name="camera" /> {t('desk.take')}
        </Button>
      ) : (
        <Button kind="outline" onClick={() => void start()}>
          <Icon name="camera" /> {t('desk.camera')}
        </Button>
      )}
      {stream === 'none' && <Notice tone="warning">{t('desk.no-camera')}</Notice>}
      <Field
        label={t('desk.photo-file')}
        type="file"
        accept="image/jpeg,image/png"
        onChange={(event) => onPhoto(event.target.files?.[0])}
      />
    </div>
  );
}

/** The middle of a picture at 3:4. */
function drawCut(context: CanvasRenderingContext2D, image: CanvasImageSource, width: number, height: number): void {
  const cut = Math.min(width, (height * WIDTH) / HEIGHT);
  const tall = (cut * HEIGHT) / WIDTH;
  context.drawImage(image, (width - cut) / 2, (height - tall) / 2, cut, tall, 0, 0, WIDTH, HEIGHT);
}

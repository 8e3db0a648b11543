import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { Camera, type CameraSight, type CameraState } from '../camera/camera';

interface Eye {
  video: RefObject<HTMLVideoElement | null>;
  state: CameraState;
  hasTorch: boolean;
  torch: boolean;
  switchTorch(): void;
  again(): void;
}

/** The camera as long as the page stands; what it reads goes to `onSight`, also behind a verdict. */
export function useCamera(onSight: (sight: CameraSight) => void): Eye {
  const video = useRef<HTMLVideoElement>(null);
  const camera = useRef<Camera | null>(null);
  const hear = useRef(onSight);
  hear.current = onSight;
  const [round, setRound] = useState(0);
  const [state, setState] = useState<CameraState>('starting');
  const [hasTorch, setHasTorch] = useState(false);
  const [torch, setTorch] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another round is another try
  useEffect(() => {
    if (!video.current) return;
    const eye = new Camera(video.current, {
      onState: (next, withTorch) => {
        setState(next);
        setHasTorch(withTorch);
      },
      onSight: (sight) => hear.current(sight),
    });
    camera.current = eye;
    setState('starting');
    setTorch(false);
    void eye.start();
    return () => eye.stop();
  }, [round]);
  const switchTorch = useCallback(() => {
    setTorch((on) => {
      void camera.current?.torch(!on);
      return !on;
    });
  }, []);
  return { video, state, hasTorch, torch, switchTorch, again: () => setRound((n) => n + 1) };
}

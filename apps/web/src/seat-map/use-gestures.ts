import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { Viewport } from './use-viewport';

/** Movement below this is a tap, in pixels. */
const STILL = 6;
const STEP = 1.6;

interface Point {
  x: number;
  y: number;
}

/** Mouse, finger, two fingers and wheel over the hall; what is no gesture is a tap. */
export function useGestures(
  frame: RefObject<HTMLDivElement | null>,
  viewport: Viewport,
  onTap: (at: Point, touch: boolean) => void,
) {
  const pointers = useRef(new Map<number, Point>());
  const gesture = useRef({ moved: 0, touch: false, fingers: 0 });

  // React listens to wheels passively; zooming must stop the page from scrolling.
  useEffect(() => {
    const element = frame.current!;
    const listen = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      // A notch of a wheel is one step; two fingers on a pad send many small ones.
      const factor = Math.min(STEP, Math.max(1 / STEP, Math.exp(-event.deltaY / 100)));
      viewport.zoom(factor, { x: event.clientX - left, y: event.clientY - top }, false);
    };
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  }, [frame, viewport]);

  function placeIn(event: PointerEvent): Point {
    const { left, top } = frame.current!.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
  return {
    onPointerDown(event: PointerEvent) {
      if (pointers.current.size === 0) gesture.current = { moved: 0, touch: event.pointerType === 'touch', fingers: 0 };
      pointers.current.set(event.pointerId, placeIn(event));
      gesture.current.fingers = Math.max(gesture.current.fingers, pointers.current.size);
    },
    onPointerMove(event: PointerEvent) {
      const before = pointers.current.get(event.pointerId);
      if (!before) return;
      const now = placeIn(event);
      const other = [...pointers.current].find(([key]) => key !== event.pointerId)?.[1];
      pointers.current.set(event.pointerId, now);
      gesture.current.moved += Math.hypot(now.x - before.x, now.y - before.y);
      if (other) {
        const spread = (point: Point) => Math.hypot(point.x - other.x, point.y - other.y) || 1;
        viewport.zoom(spread(now) / spread(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }, false);
      } else if (gesture.current.moved > STILL) {
        (event.currentTarget as Element).setPointerCapture(event.pointerId);
        viewport.pan(now.x - before.x, now.y - before.y);
      }
    },
    onPointerUp(event: PointerEvent) {
      if (!pointers.current.delete(event.pointerId)) return;
      const { moved, fingers, touch } = gesture.current;
      if (fingers === 1 && moved <= STILL) onTap(placeIn(event), touch);
    },
    onPointerCancel(event: PointerEvent) {
      pointers.current.delete(event.pointerId);
    },
  };
}

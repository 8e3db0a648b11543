import { type RefObject, useEffect, useMemo, useRef } from 'react';
import { type Box, clamped, NUMBERED_PITCH, type Seat, type View, wholeHall, zoomed } from './hall.rules';

export interface MapParts {
  frame: RefObject<HTMLDivElement | null>;
  group: RefObject<SVGGElement | null>;
  /** Row names that stay at the side: each child carries its place in the plan as `data-y`. */
  rail: RefObject<SVGGElement | null>;
  /** What the mini-map frames. */
  window: RefObject<SVGRectElement | null>;
}

export interface Viewport {
  view(): View;
  pan(dx: number, dy: number): void;
  /** Scales about a point of the frame, its middle when none is named. */
  zoom(factor: number, at?: { x: number; y: number }, smoothly?: boolean): void;
  fit(): void;
  bringClear(seat: Seat): void;
  shows(seat: Seat): boolean;
}

const SMOOTH_MS = 200;
/** The hall has come to rest when it was not moved for so long. */
const REST_MS = 120;
/** How near to an edge of the frame a focused seat may come: controls stand there. */
const EDGE = 70;
/** From this on a part of the hall is looked at: rail and mini-map appear. */
const NEAR = 1.5;

/**
 * Where the hall stands in its frame; `parts` stay the same object. It is moved by attributes of a few elements, once a frame and without React:
 * eight hundred seats are drawn once, whatever a finger does.
 */
export function useViewport(parts: MapParts, box: Box, pitch: number): Viewport {
  const seen = useRef<View>({ scale: 0, x: 0, y: 0 });
  const size = useRef({ width: 0, height: 0 });
  const waiting = useRef(0);
  const drawn = useRef<View>({ scale: 0, x: 0, y: 0 });
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);

  const viewport = useMemo(() => {
    const whole = () => wholeHall(box, size.current.width, size.current.height);
    function draw() {
      waiting.current = 0;
      const { scale, x, y } = seen.current;
      const { frame, group, rail } = parts;
      if (!frame.current || scale === 0) return;
      const drawing = group.current?.ownerSVGElement;
      // Moved and not scaled, the drawing is carried as it was painted; it is painted anew once it has come to rest.
      const carried = drawn.current.scale === scale;
      if (carried) {
        drawing?.style.setProperty('transform', `translate(${x - drawn.current.x}px, ${y - drawn.current.y}px)`);
        rail.current?.ownerSVGElement?.style.setProperty('transform', `translateY(${y - drawn.current.y}px)`);
        clearTimeout(resting.current);
        resting.current = setTimeout(settle, REST_MS);
      } else settle();
    }
    /** Paints the hall where it stands. */
    function settle() {
      const { scale, x, y } = seen.current;
      drawn.current = { scale, x, y };
      parts.group.current?.ownerSVGElement?.style.removeProperty('transform');
      parts.group.current?.setAttribute(
        'transform',
        `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale.toFixed(4)})`,
      );
      nameRows();
      frameShown();
    }
    function nameRows() {
      const { scale, y } = seen.current;
      const { frame, rail } = parts;
      const fit = whole().scale;
      frame.current?.toggleAttribute('data-whole', scale <= fit * 1.01);
      frame.current?.toggleAttribute('data-near', scale >= fit * NEAR);
      frame.current?.toggleAttribute('data-numbers', scale * pitch >= NUMBERED_PITCH);
      rail.current?.ownerSVGElement?.style.removeProperty('transform');
      for (const name of rail.current?.children ?? [])
        name.setAttribute('y', (Number((name as SVGElement).dataset.y) * scale + y + 5).toFixed(1));
    }
    /** What the mini-map frames; its dots would be painted with every move of the frame. */
    function frameShown() {
      const { scale, x, y } = seen.current;
      const shown = {
        x: -x / scale,
        y: -y / scale,
        width: size.current.width / scale,
        height: size.current.height / scale,
      };
      for (const [side, value] of Object.entries(shown)) parts.window.current?.setAttribute(side, value.toFixed(1));
    }
    function show(view: View) {
      seen.current = clamped(view, box, size.current.width, size.current.height);
      waiting.current ||= requestAnimationFrame(draw);
    }
    let moving = 0;
    function glide(to: View) {
      cancelAnimationFrame(moving);
      if (matchMedia('(prefers-reduced-motion: reduce)').matches) return show(to);
      const from = seen.current;
      const began = performance.now();
      const step = (now: number) => {
        const t = Math.min(1, (now - began) / SMOOTH_MS);
        const eased = 1 - (1 - t) ** 3;
        const between = (a: number, b: number) => a + (b - a) * eased;
        show({ scale: between(from.scale, to.scale), x: between(from.x, to.x), y: between(from.y, to.y) });
        if (t < 1) moving = requestAnimationFrame(step);
      };
      moving = requestAnimationFrame(step);
    }
    return {
      resize(width: number, height: number) {
        const wasWhole = seen.current.scale === 0 || seen.current.scale <= whole().scale * 1.01;
        size.current = { width, height };
        show(wasWhole ? whole() : seen.current);
      },
      view: () => seen.current,
      pan(dx: number, dy: number) {
        cancelAnimationFrame(moving);
        show({ ...seen.current, x: seen.current.x + dx, y: seen.current.y + dy });
      },
      zoom(factor: number, at = { x: size.current.width / 2, y: size.current.height / 2 }, smoothly = true) {
        const fit = whole();
        const next =
          factor < 1 && seen.current.scale * factor <= fit.scale
            ? fit
            : zoomed(seen.current, factor, at, pitch, fit.scale);
        if (smoothly) glide(next);
        else show(next);
      },
      fit: () => glide(whole()),
      bringClear(seat: Seat) {
        const { scale, x, y } = seen.current;
        const [left, top] = [seat.x * scale + x, seat.y * scale + y];
        const { width, height } = size.current;
        const dx = Math.max(0, EDGE - left) + Math.min(0, width - EDGE - left);
        const dy = Math.max(0, EDGE - top) + Math.min(0, height - EDGE - top);
        if (dx || dy) show({ scale, x: x + dx, y: y + dy });
      },
      shows(seat: Seat) {
        const { scale, x, y } = seen.current;
        const [left, top] = [seat.x * scale + x, seat.y * scale + y];
        return left >= 0 && top >= 0 && left <= size.current.width && top <= size.current.height;
      },
    };
  }, [box, pitch, parts]);

  useEffect(() => {
    const frame = parts.frame.current!;
    seen.current = { scale: 0, x: 0, y: 0 };
    drawn.current = { scale: 0, x: 0, y: 0 };
    const observer = new ResizeObserver(([entry]) =>
      viewport.resize(entry!.contentRect.width, entry!.contentRect.height),
    );
    observer.observe(frame);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(waiting.current);
      clearTimeout(resting.current);
      waiting.current = 0;
    };
  }, [viewport, parts.frame]);
  return viewport;
}

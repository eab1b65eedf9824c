import { useRef, type PointerEvent } from 'react';

const longEnough = 450;
const steady = 10;

/** A finger that stays where it is for half a second; what the browser would do after it (a menu of its own, a click) is kept away. */
export function useLongPress(act: (() => void) | null) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number; done: boolean } | null>(null);
  const end = () => {
    if (press.current) clearTimeout(press.current.timer);
  };
  if (!act) return {};
  return {
    onPointerDown: (event: PointerEvent) => {
      press.current = null;
      if (event.pointerType !== 'touch' || (event.target as HTMLElement).closest('a, button, audio, video, input')) return;
      const begun = { x: event.clientX, y: event.clientY, done: false, timer: setTimeout(() => {
        begun.done = true;
        act();
      }, longEnough) };
      press.current = begun;
    },
    onPointerMove: (event: PointerEvent) => {
      const begun = press.current;
      if (begun && Math.hypot(event.clientX - begun.x, event.clientY - begun.y) > steady) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onContextMenu: (event: React.MouseEvent) => {
      if (press.current?.done) event.preventDefault();
    },
    onClickCapture: (event: React.MouseEvent) => {
      if (!press.current?.done) return;
      press.current = null;
      event.stopPropagation();
    },
  };
}

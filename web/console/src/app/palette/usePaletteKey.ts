import { useEffect } from 'react';

const apple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the key is written on this machine. */
export const paletteKey = apple ? '⌘K' : 'Ctrl K';

/** ⌘K or Ctrl+K opens the palette from anywhere, also while somebody writes; over another window it does not. */
export function usePaletteKey(open: () => void) {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(apple ? event.metaKey : event.ctrlKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      if (!document.querySelector('[role=dialog]')) open();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [open]);
}

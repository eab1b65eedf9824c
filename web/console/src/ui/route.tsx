import { useSyncExternalStore, type AnchorHTMLAttributes } from 'react';

// The address bar is the state: a path of plain segments, e.g. /chats/0198….
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};
if (typeof window !== 'undefined') window.addEventListener('popstate', tell);

export function go(path: string, how: 'push' | 'replace' = 'push') {
  if (path === location.pathname) return;
  if (how === 'push') history.pushState(null, '', path);
  else history.replaceState(null, '', path);
  tell();
}

/** The segments of the current address. */
export function useRoute(): string[] {
  const path = useSyncExternalStore(
    (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    () => location.pathname,
  );
  return path.split('/').filter(Boolean).map(decodeURIComponent);
}

/** A real link (open in a new tab works) that stays inside the console on a plain click. */
export function Link({ to, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { to: string }) {
  return (
    <a
      {...rest}
      href={to}
      onClick={(event) => {
        rest.onClick?.(event);
        if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        go(to);
      }}
    />
  );
}

import { useEffect, useSyncExternalStore } from 'react';

/** Something that can be done from where one is, offered in the command palette. */
export interface Command {
  id: string;
  label: string;
  /** The key that does the same. */
  hint?: string;
  run: () => void;
}

let offered: readonly (readonly Command[])[] = [];
const listeners = new Set<() => void>();
const change = (next: typeof offered) => {
  offered = next;
  for (const listener of listeners) listener();
};

/** Offers commands for as long as the caller is on the screen. */
export function useOffer(commands: readonly Command[]) {
  useEffect(() => {
    change([...offered, commands]);
    return () => change(offered.filter((other) => other !== commands));
  }, [commands]);
}

/** What is offered at the moment, the most specific first. */
export function useOffered(): readonly Command[] {
  const all = useSyncExternalStore((listener) => (listeners.add(listener), () => void listeners.delete(listener)), () => offered);
  return [...all].reverse().flat();
}

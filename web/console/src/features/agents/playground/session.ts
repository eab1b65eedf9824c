import { useSyncExternalStore } from 'react';
import type { PlaygroundAnswer } from '@api/agent';
import type { Whose } from '../settings/draft';

/** One thing said in the playground; ours carries how it came about. */
export type Said = { role: 'user'; text: string } | { role: 'agent'; text: string; answer: PlaygroundAnswer };

export interface PlaygroundView {
  said: readonly Said[];
  /** Which of them is looked at. */
  looked: number | null;
}

const nothing: PlaygroundView = { said: [], looked: null };
// Outlives the page, so that one can change an instruction and ask again.
const views = new Map<Whose, PlaygroundView>();
const listeners = new Set<() => void>();

export function setPlayground(whose: Whose, change: (view: PlaygroundView) => PlaygroundView) {
  views.set(whose, change(views.get(whose) ?? nothing));
  for (const listener of listeners) listener();
}

export const usePlayground = (whose: Whose): PlaygroundView =>
  useSyncExternalStore((listener) => (listeners.add(listener), () => void listeners.delete(listener)), () => views.get(whose) ?? nothing);

/** The talk so far in the server's form; what the agent did not say is left out. */
export const messagesOf = (said: readonly Said[]) => said.filter(({ text }) => text !== '').map(({ role, text }) => ({ role, text }));

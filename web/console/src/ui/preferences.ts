import { useSyncExternalStore } from 'react';
import { speak } from '@api/client';
import { keep, kept } from './keep';

export type Language = 'en' | 'es';
export type Theme = 'system' | 'light' | 'dark';

export interface Preferences {
  language: Language;
  theme: Theme;
  /** Shortcuts of a single key; people who dictate or use switches need them off (WCAG 2.1.4). */
  singleKeys: boolean;
  details: boolean;
  /** Of which messages this browser tells: all, or those that wait for a person. */
  alertFor: 'human' | 'all';
  sound: boolean;
  desktop: boolean;
  /** "22:00"; "" for no quiet hours. */
  quietFrom: string;
  quietTo: string;
}

const name = 'preferences';
const listeners = new Set<() => void>();

let current: Preferences = {
  language: languageOfBrowser(),
  theme: 'system',
  singleKeys: true,
  details: true,
  alertFor: 'human',
  sound: true,
  desktop: false,
  quietFrom: '',
  quietTo: '',
  ...kept<Partial<Preferences>>(name, {}),
};

export const preferences = {
  get: () => current,
  set(change: Partial<Preferences>) {
    current = { ...current, ...change };
    keep(name, current);
    show();
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

export const usePreferences = () => useSyncExternalStore(preferences.subscribe, preferences.get);

/** Puts language and theme on the document, and asks the server for that language. Called once before the first paint and after every change. */
export function show() {
  const page = document.documentElement;
  page.lang = current.language;
  speak(current.language);
  if (current.theme === 'system') delete page.dataset.theme;
  else page.dataset.theme = current.theme;
}

function languageOfBrowser(): Language {
  const wanted = typeof navigator === 'undefined' ? [] : navigator.languages;
  return wanted.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'es' || tag === 'en') === 'es' ? 'es' : 'en';
}

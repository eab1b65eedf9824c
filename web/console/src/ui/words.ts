import { usePreferences, type Language } from './preferences';

type Entry = string | ((...values: never[]) => string);
type Same<T> = { [K in keyof T]: T[K] extends (...values: infer V) => string ? (...values: V) => string : string };

/**
 * The words of one feature in every language. Each feature keeps its own beside its views, English is the shape,
 * and a missing or superfluous Spanish entry does not compile.
 */
export function dictionary<const T extends Record<string, Entry>>(en: T, es: Same<T>): Record<Language, Same<T>> {
  return { en: en as unknown as Same<T>, es };
}

/** The words in the operator's language. */
export function useWords<T>(words: Record<Language, T>): T {
  return words[usePreferences().language];
}

/** "1 message", "2 messages". */
export const count = (n: number, one: string, many: string) => `${n.toLocaleString()} ${n === 1 ? one : many}`;

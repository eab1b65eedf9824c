import { usePreferences, type Language } from './preferences';

type Said = string | ((...values: never[]) => string);
type Words<Pairs> = {
  [K in keyof Pairs]: Pairs[K] extends readonly [(...values: infer V) => string, unknown] ? (...values: V) => string : string;
};
/** Both languages take the same values. */
type Agreeing<Pairs> = {
  [K in keyof Pairs]: Pairs[K] extends readonly [(...values: infer V) => string, unknown] ? readonly [unknown, (...values: V) => string] : readonly [string, string];
};

/**
 * The words of one feature, each as [English, Spanish], so that the two are read and changed together. Each feature keeps its own
 * beside its views; an entry without one of its languages does not compile.
 */
export function dictionary<const Pairs extends Record<string, readonly [Said, Said]>>(pairs: Pairs & Agreeing<Pairs>): Record<Language, Words<Pairs>> {
  const of = (language: number) => Object.fromEntries(Object.entries(pairs as Pairs).map(([key, pair]) => [key, pair[language]])) as Words<Pairs>;
  return { en: of(0), es: of(1) };
}

/** The words in the operator's language. */
export function useWords<T>(words: Record<Language, T>): T {
  return words[usePreferences().language];
}

/** "1 message", "2 messages". */
export const count = (n: number, one: string, many: string) => `${n.toLocaleString()} ${n === 1 ? one : many}`;

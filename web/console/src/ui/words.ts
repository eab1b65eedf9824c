import { usePreferences, type Language } from './preferences';

/** What is said of a key: words, or words made of values. */
type Said = string | ((...values: never[]) => string);
/** Words like these in another language: they take the same values. */
type Alike<Of> = Of extends (...values: infer Values) => string ? (...values: Values) => string : string;
type Words<English> = { [Key in keyof English]: Alike<English[Key]> };

/**
 * The words of one feature, each as [English, Spanish], so that the two are read and changed together. Each feature keeps its own
 * beside its views; an entry without one of its languages does not compile.
 */
export function dictionary<English extends Record<string, Said>>(
  pairs: { [Key in keyof English]: readonly [english: English[Key], spanish: NoInfer<Alike<English[Key]>>] },
): Record<Language, Words<English>> {
  const of = (language: 0 | 1) => Object.fromEntries(Object.entries(pairs).map(([key, pair]) => [key, pair[language]])) as Words<English>;
  return { en: of(0), es: of(1) };
}

/** The words in the operator's language. */
export function useWords<T>(words: Record<Language, T>): T {
  return words[usePreferences().language];
}

/** "1 message", "2 messages". */
export const count = (n: number, one: string, many: string) => `${n.toLocaleString()} ${n === 1 ? one : many}`;

import type { Language } from '@/ui/preferences';

/** "840 ms", "1.8 s", "3 min": a duration at a glance. */
export function duration(ms: number, language: Language): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toLocaleString(language, { maximumFractionDigits: ms < 10_000 ? 1 : 0 })} s`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} min`;
  return `${(ms / 3_600_000).toLocaleString(language, { maximumFractionDigits: 1 })} h`;
}

/** A price, in the currency of the model's prices; one of fractions of a cent keeps two significant digits. */
export const money = (value: number, language: Language): string =>
  value.toLocaleString(language, value === 0 || value >= 0.01 ? { minimumFractionDigits: 2, maximumFractionDigits: 4 } : { maximumSignificantDigits: 2 });

/** JSON in readable form; text that is JSON is unfolded, other text stays as it is. */
export function pretty(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}

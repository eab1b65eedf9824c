import type { UsageOfDay } from '@api/agent';
import type { Language } from '@/ui/preferences';

/** What a day's bar shows. */
export type Measure = 'turns' | 'tokens' | 'cost';

export const measureOf = (day: UsageOfDay, measure: Measure): number =>
  measure === 'turns' ? day.turns : measure === 'cost' ? day.cost : day.input_tokens + day.output_tokens;

/** The days as one. */
export function totalOf(days: readonly UsageOfDay[]) {
  const sum = (of: (day: UsageOfDay) => number) => days.reduce((all, day) => all + of(day), 0);
  return {
    turns: sum((day) => day.turns), answered: sum((day) => day.answered), handedOff: sum((day) => day.handed_off), input: sum((day) => day.input_tokens),
    output: sum((day) => day.output_tokens), tokens: sum((day) => measureOf(day, 'tokens')), cost: sum((day) => day.cost),
  };
}

/** "Mon, 3 Nov": a day of the server's calendar, which is UTC. */
export const dayOf = (day: string, language: Language): string =>
  new Date(day).toLocaleDateString(language, { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' });

/** The least round number (1, 2 or 5 with zeros) that a scale can end at and still hold every bar. */
export function scaleEnd(most: number): number {
  if (most <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((step) => step * unit).find((end) => end >= most * 0.999_999)!;
}

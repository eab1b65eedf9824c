import { expect, it } from 'vitest';
import type { UsageOfDay } from '@api/agent';
import { dayOf, measureOf, scaleEnd, totalOf } from './sums';

const day = (more: Partial<UsageOfDay>): UsageOfDay => ({ day: '2026-11-02', turns: 0, answered: 0, handed_off: 0, failed: 0, input_tokens: 0, output_tokens: 0, cost: 0, ...more });

it('adds days up', () => {
  const days = [day({ turns: 3, answered: 2, handed_off: 1, input_tokens: 900, output_tokens: 100, cost: 0.002 }), day({ turns: 1, answered: 1, input_tokens: 50, cost: 0.001 })];
  expect(totalOf(days)).toEqual({ turns: 4, answered: 3, handedOff: 1, input: 950, output: 100, tokens: 1050, cost: 0.003 });
  expect((['turns', 'tokens', 'cost'] as const).map((measure) => measureOf(days[0]!, measure))).toEqual([3, 1000, 0.002]);
});

it('ends a scale at a round number that holds every bar', () => {
  expect([0, 1, 3, 7, 12, 999, 0.0031].map(scaleEnd)).toEqual([1, 1, 5, 10, 20, 1000, 0.005]);
});

it('names days of the server’s calendar, wherever the browser is', () => {
  expect([dayOf('2026-11-02', 'en'), dayOf('2026-11-02', 'es')]).toEqual(['Mon, Nov 2', 'lun, 2 nov']);
});

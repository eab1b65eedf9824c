import { expect, it } from 'vitest';
import type { Attempt } from '@api/schema';
import { outcomeOf, partsOf, settledOf } from './attempts';

const attempt = (part: number, n: number, change: Partial<Attempt> = {}): Attempt =>
  ({ part, n, started_at: '2026-01-01T00:00:00.000Z', ended_at: null, outcome: null, network_code: null, external_id: null, raw: null, settled_at: null, settled_by: null, ...change });

it('puts each try under its part', () => {
  const parts = partsOf([attempt(1, 1), attempt(0, 2), attempt(0, 1), attempt(2, 1)]);
  expect(parts.map(({ part, attempts }) => [part, attempts.map((one) => one.n)])).toEqual([[0, [1, 2]], [1, [1]], [2, [1]]]);
});

it('calls a doubt that ended in silence no success', () => {
  expect(outcomeOf(attempt(0, 1, { outcome: 'settled', external_id: 'wamid.x' })).tone).toBe('good');
  expect(outcomeOf(attempt(0, 1, { outcome: 'settled' }))).toEqual({ tone: 'warn', word: 'unheard' });
});

it('says what decided a try without an answer', () => {
  expect(settledOf(attempt(0, 1, { outcome: 'accepted' }))).toBeNull();
  expect((['report', 'echo', 'silence'] as const).map((settled_by) => settledOf(attempt(0, 1, { outcome: 'settled', settled_by })))).toEqual(['byReport', 'byEcho', 'bySilence']);
});

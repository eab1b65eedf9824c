import { expect, it } from 'vitest';
import type { StoryStep } from '@api/agent';
import { duration, money, pretty } from './figures';
import { chaptersOf } from './stages';
import { knownSteps, sayStep } from './steps';

const step = (kind: string): StoryStep => ({ at: '2026-01-01T00:00:00.000Z', kind, title: kind, detail: null });

it('tells a story in chapters, and what was stored on arrival with the arrival', () => {
  const told = chaptersOf(['receipt', 'item', 'identity', 'message', 'turn', 'agent_tool', 'agent_lock', 'message', 'agent_outcome', 'override', 'attempt', 'attempt', 'status'].map(step));
  expect(told.map(({ stage, steps }) => `${stage} ${steps.length}`)).toEqual(['in 4', 'agent 5', 'lock 1', 'out 3']);
});

it('shows an operator’s words as written, not as come in', () => {
  expect(chaptersOf(['message', 'attempt'].map(step)).map(({ stage }) => stage)).toEqual(['said', 'out']);
});

it('keeps small figures readable', () => {
  expect([duration(12.4, 'en'), duration(1840, 'en'), duration(61_000, 'en')]).toEqual(['12 ms', '1.8 s', '1 min']);
  expect([money(0, 'en'), money(0.000213, 'en'), money(1.5, 'en')]).toEqual(['0.00', '0.00021', '1.50']);
  expect(pretty('{"a":1}')).toBe('{\n  "a": 1\n}');
});

it('tells each step in both languages, by its code', () => {
  const said = { ...step('status'), title: 'The network told of part 2: read', code: 'told', values: { part: 2, status: 'read' } };
  expect([sayStep('en', said), sayStep('es', said)]).toEqual(['The network told of part 2: read', 'La red avisó de la parte 2: leído']);
  // What this console does not know yet, and what an older version of the server recorded.
  expect(sayStep('es', { ...said, code: 'of_tomorrow' })).toBe(said.title);
  expect(sayStep('es', step('agent_tool'))).toBe('agent_tool');
  for (const code of knownSteps) for (const language of ['en', 'es'] as const) expect(sayStep(language, { ...said, code })).not.toMatch(/^$|NaN/);
});

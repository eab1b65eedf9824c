import type { Attempt } from '@api/schema';

/** Long words and several files leave in parts, and each part is tried by itself. */
export function partsOf(attempts: readonly Attempt[]): { part: number; attempts: Attempt[] }[] {
  const parts = new Map<number, Attempt[]>();
  for (const attempt of attempts) parts.set(attempt.part, [...(parts.get(attempt.part) ?? []), attempt]);
  return [...parts].sort(([a], [b]) => a - b).map(([part, tries]) => ({ part, attempts: tries.sort((a, b) => a.n - b.n) }));
}

/** How a try ended. In doubt it is settled by the message's own report, which names it, or by silence: then nothing says that it arrived. */
export function outcomeOf({ outcome, external_id }: Attempt) {
  switch (outcome) {
    case 'accepted': return { tone: 'good', word: 'accepted' } as const;
    case 'refused': return { tone: 'bad', word: 'refused' } as const;
    case 'uncertain': return { tone: 'warn', word: 'uncertain' } as const;
    case 'settled': return external_id ? ({ tone: 'good', word: 'settled' } as const) : ({ tone: 'warn', word: 'unheard' } as const);
    default: return { tone: 'plain', word: 'running' } as const;
  }
}

/** What decided a try in place of its own answer; null: its answer did. */
export function settledOf({ settled_by }: Attempt) {
  switch (settled_by) {
    case 'report': return 'byReport' as const;
    case 'echo': return 'byEcho' as const;
    case 'silence': return 'bySilence' as const;
    default: return null;
  }
}

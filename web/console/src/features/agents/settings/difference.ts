import type { AgentSettings } from '@api/agent';

/** A line of two texts laid over each other. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** What changed from one text to another, line by line, by their longest common sequence. */
export function linesBetween(before: string, after: string): DiffLine[] {
  // Nothing is no line, rather than one empty line.
  const [a, b] = [before, after].map((text) => (text === '' ? [] : text.split('\n'))) as [string[], string[]];
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i]![j] = a[i] === b[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i++]! });
      j += 1;
    } else if (j >= b.length || (i < a.length && longest[i + 1]![j]! >= longest[i]![j + 1]!)) lines.push({ kind: 'removed', text: a[i++]! });
    else lines.push({ kind: 'added', text: b[j++]! });
  }
  return lines;
}

/** A field that two versions differ in, by its name in the settings. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** Every field but the instructions in which two versions differ. */
export function fieldsBetween(before: AgentSettings | null, after: AgentSettings): FieldChange[] {
  const [old, now] = [before ? flat(before) : {}, flat(after)];
  return Object.keys(now).filter((field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]))
    .map((field) => ({ field, before: old[field], after: now[field] }));
}

const flat = (settings: AgentSettings): Record<string, unknown> => ({
  enabled: settings.enabled,
  ...Object.fromEntries(Object.entries(settings.model).map(([name, value]) => [`model.${name}`, value])),
  temperature: settings.temperature, debounce_ms: settings.debounce_ms, max_wait_ms: settings.max_wait_ms, max_age_s: settings.max_age_s,
  ...Object.fromEntries(Object.entries(settings.handoff).map(([name, value]) => [`handoff.${name}`, value])),
});

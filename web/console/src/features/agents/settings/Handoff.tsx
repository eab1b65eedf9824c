import { X } from 'lucide-react';
import { useState } from 'react';
import { Field, Switch, TextField } from '@/ui/Field';
import { fieldError } from '@/ui/FormProblem';
import { useWords } from '@/ui/words';
import { words } from '../words';
import type { AgentEditor } from './draft';
import { Section } from './Section';

/** When the agent leaves a chat to a human. */
export function Handoff({ editor, error }: { editor: AgentEditor; error: unknown }) {
  const w = useWords(words);
  const { handoff } = editor.draft!;
  const [typed, setTyped] = useState('');
  const set = (change: Partial<typeof handoff>) => editor.change({ handoff: { ...handoff, ...change } });
  const add = () => {
    const word = typed.trim().replace(/,$/, '').trim();
    if (word && !handoff.keywords.some((known) => known.toLowerCase() === word.toLowerCase())) set({ keywords: [...handoff.keywords, word] });
    setTyped('');
  };
  return (
    <Section title={w.handoff}>
      <Field label={w.keywords} help={w.keywordsHelp} error={fieldError(error, 'handoff.keywords')}>
        {(wiring) => (
          <div className="flex min-h-9 flex-wrap items-center gap-1.5 rounded-lg border border-line-strong bg-surface px-2 py-1.5 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent">
            {handoff.keywords.map((word) => (
              <span key={word} className="flex items-center gap-1 rounded-md bg-surface-3 py-0.5 pr-0.5 pl-2 text-sm">
                {word}
                <button type="button" aria-label={w.removeWord(word)} onClick={() => set({ keywords: handoff.keywords.filter((other) => other !== word) })} className="rounded p-0.5 text-ink-2 hover:bg-line"><X aria-hidden className="size-3" /></button>
              </span>
            ))}
            <input
              {...wiring} data-testid="keyword" value={typed} placeholder={w.addWord} maxLength={100} onChange={(event) => setTyped(event.target.value)} onBlur={add}
              onKeyDown={(event) => {
                if (event.key === 'Enter' || event.key === ',') {
                  event.preventDefault();
                  add();
                } else if (event.key === 'Backspace' && typed === '') set({ keywords: handoff.keywords.slice(0, -1) });
              }}
              className="min-w-32 flex-1 bg-transparent px-1 text-sm outline-none placeholder:text-ink-3"
            />
          </div>
        )}
      </Field>
      <Switch label={w.whenUnsure} checked={handoff.when_unsure} onChange={(when_unsure) => set({ when_unsure })} />
      <div className="grid sm:grid-cols-2">
        <TextField
          label={w.maxTurns} help={w.maxTurnsHelp} type="number" min={1} max={1000} value={handoff.max_turns_per_hour} error={fieldError(error, 'handoff.max_turns_per_hour')}
          onChange={(event) => set({ max_turns_per_hour: Number.isFinite(event.target.valueAsNumber) ? event.target.valueAsNumber : 1 })}
        />
      </div>
    </Section>
  );
}

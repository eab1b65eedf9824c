import { useState } from 'react';
import { Button } from '@/ui/Button';
import { Field } from '@/ui/Field';
import { usePreferences } from '@/ui/preferences';
import { when } from '@/ui/time';
import { useWords } from '@/ui/words';
import { localText, momentsFrom } from './moments';
import { words } from './words';

/** When shall it leave: the moments that are often meant, or any other. */
export function Moments({ until, onPick }: { until: number | null; onPick: (at: Date) => void }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const [now] = useState(() => new Date());
  const [typed, setTyped] = useState(() => localText(momentsFrom(now)[0]!.at));
  const chosen = new Date(typed);
  const fits = (at: Date) => until === null || at.getTime() < until;
  const wrong = Number.isNaN(chosen.getTime()) || chosen <= now ? w.past : null;
  const shut = until === null ? null : w.closes(when(new Date(until).toISOString(), language));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <ul className="grid gap-0.5">
        {momentsFrom(now).map(({ name, at }) => (
          <li key={name}>
            <button type="button" data-testid={`moment-${name}`} disabled={!fits(at)} onClick={() => onPick(at)} className="flex w-full items-center justify-between gap-3 rounded-lg px-2.5 py-2 text-left text-sm hover:bg-surface-3 disabled:opacity-45 disabled:hover:bg-transparent">
              {w[name]}<time className="nums text-xs text-ink-2" dateTime={at.toISOString()}>{when(at.toISOString(), language)}</time>
            </button>
          </li>
        ))}
      </ul>
      <form
        className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2 border-t border-line pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          // A form of its own inside the composer's: only this moment is meant.
          event.stopPropagation();
          if (!wrong && fits(chosen)) onPick(chosen);
        }}
      >
        <Field label={w.other}>{(wiring) => <input {...wiring} type="datetime-local" data-testid="moment-other" min={localText(now)} max={until === null ? undefined : localText(new Date(until))} value={typed} onChange={(event) => setTyped(event.target.value)} className="input" />}</Field>
        <Button type="submit" tone="primary" data-testid="moment-set" disabled={wrong !== null || !fits(chosen)}>{w.set}</Button>
      </form>
      {wrong ? <p role="alert" className="text-xs text-bad">{wrong}</p> : shut && <p className="text-xs text-ink-2">{shut}</p>}
    </div>
  );
}

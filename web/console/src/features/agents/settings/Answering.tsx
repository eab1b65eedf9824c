import { Field, TextField } from '@/ui/Field';
import { fieldError } from '@/ui/FormProblem';
import { useWords } from '@/ui/words';
import { words } from '../words';
import type { AgentEditor } from './draft';
import { Section } from './Section';

/** How steady it is, and which messages it takes when. */
export function Answering({ editor, error }: { editor: AgentEditor; error: unknown }) {
  const w = useWords(words);
  const draft = editor.draft!;
  const own = draft.temperature === null;
  const number = (value: number, fallback: number) => (Number.isFinite(value) ? value : fallback);
  return (
    <Section title={w.behaviour}>
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <TextField
          label={`${w.debounce} (${w.seconds})`} help={w.debounceHelp} type="number" min={0} max={60} step={0.5} value={draft.debounce_ms / 1000} error={fieldError(error, 'debounce_ms')}
          onChange={(event) => editor.change({ debounce_ms: Math.round(number(event.target.valueAsNumber, 0) * 1000) })}
        />
        <TextField
          label={`${w.maxWait} (${w.seconds})`} help={w.maxWaitHelp} type="number" min={0} max={600} value={draft.max_wait_ms / 1000} error={fieldError(error, 'max_wait_ms')}
          onChange={(event) => editor.change({ max_wait_ms: Math.round(number(event.target.valueAsNumber, 0) * 1000) })}
        />
        <TextField
          label={`${w.maxAge} (${w.minutes})`} help={w.maxAgeHelp} type="number" min={1} max={10_080} value={Math.round(draft.max_age_s / 60)} error={fieldError(error, 'max_age_s')}
          onChange={(event) => editor.change({ max_age_s: Math.max(1, number(event.target.valueAsNumber, 1)) * 60 })}
        />
      </div>
      {draft.model.base_url !== '' && (
        <Field label={w.temperature} help={w.temperatureHelp} error={fieldError(error, 'temperature')}>
          {(wiring) => (
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              <input {...wiring} type="range" min={0} max={1.5} step={0.1} value={draft.temperature ?? 1} disabled={own} onChange={(event) => editor.change({ temperature: event.target.valueAsNumber })} className="h-9 min-w-40 flex-1 accent-accent disabled:opacity-40" />
              <output className="nums w-8 text-sm font-semibold">{own ? '—' : draft.temperature!.toFixed(1)}</output>
              <label className="flex items-center gap-2 text-sm"><input type="checkbox" checked={own} onChange={(event) => editor.change({ temperature: event.target.checked ? null : 0.3 })} className="size-4 accent-accent" />{w.temperatureOwn}</label>
            </div>
          )}
        </Field>
      )}
    </Section>
  );
}

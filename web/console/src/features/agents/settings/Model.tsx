import { useMutation } from '@tanstack/react-query';
import { BrainCircuit, Cloud, CircleCheck, CircleX, Cpu, PlugZap, Server, Sparkles, type LucideIcon } from 'lucide-react';
import { useId, useState } from 'react';
import { post } from '@api/client';
import type { AgentTest } from '@api/agent';
import { Button } from '@/ui/Button';
import { Switch, TextField } from '@/ui/Field';
import { fieldError, FormProblem } from '@/ui/FormProblem';
import { useWords } from '@/ui/words';
import { words, type Words } from '../words';
import { agentPath, type AgentEditor, type Whose } from './draft';
import { presetOf, presets, type Preset } from './presets';
import { Section } from './Section';

const icons: Record<Preset['key'], LucideIcon> = { embedded: Cpu, openai: Sparkles, azure: Cloud, ollama: BrainCircuit, vllm: Server, other: PlugZap };
const why = (w: Words, key: Preset['key']) => ({ embedded: w.embeddedWhy, openai: w.openaiWhy, azure: w.azureWhy, ollama: w.ollamaWhy, vllm: w.vllmWhy, other: w.otherWhy })[key];

/** Which model thinks: a provider to begin with, its address and key, and a test that really asks it. */
export function Model({ whose, editor, error }: { whose: Whose; editor: AgentEditor; error: unknown }) {
  const w = useWords(words);
  const names = useId();
  const { model } = editor.draft!;
  const preset = presetOf(model.base_url);
  const choose = (next: Preset) => next !== preset && editor.changeModel({ base_url: next.base_url, name: next.models[0] ?? '' });
  const price = (text: string) => (text === '' ? null : Number(text));
  return (
    <Section title={w.model} lead={w.modelLead} actions={<Test whose={whose} dirty={editor.dirty} />}>
      <div role="group" aria-label={w.model} className="grid grid-cols-2 gap-2 sm:grid-cols-3">
        {presets.map((choice) => {
          const Icon = icons[choice.key];
          const chosen = choice === preset;
          return (
            <button
              key={choice.key} type="button" aria-pressed={chosen} data-testid={`preset-${choice.key}`} onClick={() => choose(choice)}
              className={`grid content-start gap-1 rounded-xl border p-3 text-left transition-colors ${chosen ? 'border-accent bg-accent-soft ring-1 ring-accent' : 'border-line hover:bg-surface-2'}`}
            >
              <span className="flex items-center gap-2 text-sm font-semibold"><Icon aria-hidden className={`size-4 ${chosen ? 'text-accent' : 'text-ink-3'}`} />{choice.name || (choice.key === 'embedded' ? w.embedded : w.other)}</span>
              <span className="text-2xs text-ink-2">{why(w, choice.key)}</span>
            </button>
          );
        })}
      </div>
      {preset.key !== 'embedded' && (
        <>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <TextField label={w.baseUrl} type="url" inputMode="url" value={model.base_url} error={fieldError(error, 'model.base_url')} onChange={(event) => editor.changeModel({ base_url: event.target.value || 'https://' })} spellCheck={false} />
            <TextField label={w.modelName} help={w.modelNameHelp} value={model.name} list={names} error={fieldError(error, 'model.name')} onChange={(event) => editor.changeModel({ name: event.target.value })} spellCheck={false} autoComplete="off" />
            <datalist id={names}>{preset.models.map((name) => <option key={name} value={name} />)}</datalist>
          </div>
          <Key editor={editor} error={error} />
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <TextField label={w.inputPrice} help={w.priceHelp} type="number" min={0} step="any" value={model.input_price ?? ''} error={fieldError(error, 'model.input_price')} onChange={(event) => editor.changeModel({ input_price: price(event.target.value) })} />
            <TextField label={w.outputPrice} type="number" min={0} step="any" value={model.output_price ?? ''} onChange={(event) => editor.changeModel({ output_price: price(event.target.value) })} />
          </div>
          <Switch label={w.seesImages} checked={model.sees_images} onChange={(sees_images) => editor.changeModel({ sees_images })} />
        </>
      )}
    </Section>
  );
}

function Key({ editor, error }: { editor: AgentEditor; error: unknown }) {
  const w = useWords(words);
  const { model } = editor.draft!;
  const removed = model.api_key === '';
  const change = (key: string | undefined) => {
    const { api_key: _, ...rest } = editor.draft!.model;
    editor.change({ model: key === undefined ? rest : { ...rest, api_key: key } });
  };
  return (
    <div className="grid gap-1.5">
      <TextField
        label={w.apiKey} type="password" autoComplete="off" value={model.api_key ?? ''} placeholder={model.has_api_key && !removed ? '••••••••••••' : ''} error={fieldError(error, 'model.api_key')}
        help={removed ? w.keyRemoved : `${model.has_api_key ? w.keyKept : w.keyNone} ${w.sealed}`} onChange={(event) => change(event.target.value || undefined)}
      />
      {model.has_api_key && <button type="button" className="justify-self-start text-xs font-medium text-accent underline-offset-2 hover:underline" onClick={() => change(removed ? undefined : '')}>{removed ? w.undo : w.keyRemove}</button>}
    </div>
  );
}

/** Asks the published model one word, live. */
function Test({ whose, dirty }: { whose: Whose; dirty: boolean }) {
  const w = useWords(words);
  const [shown, setShown] = useState(true);
  const test = useMutation({ mutationFn: () => post<AgentTest>(`${agentPath(whose)}/test`), onMutate: () => setShown(true) });
  const report = shown ? test.data : undefined;
  return (
    <div className="grid max-w-64 justify-items-end gap-1.5">
      <Button small data-testid="test-model" busy={test.isPending} title={dirty ? w.testStored : undefined} onClick={() => test.mutate()}>{w.test}</Button>
      {dirty && !report && <p className="text-right text-2xs text-ink-3">{w.testStored}</p>}
      <FormProblem error={test.error} />
      {report && (
        <p role="status" data-testid="test-report" className={`flex gap-1.5 rounded-lg px-2.5 py-1.5 text-xs ${report.ok ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad'}`}>
          {report.ok ? <CircleCheck aria-hidden className="size-4 shrink-0" /> : <CircleX aria-hidden className="size-4 shrink-0" />}
          <span>{report.detail} {report.latency_ms > 0 && <span className="nums">{w.latency(report.latency_ms)}</span>}{report.next_step && <span className="block text-ink-2">{report.next_step}</span>}</span>
        </p>
      )}
    </div>
  );
}

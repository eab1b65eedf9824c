import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post, put } from '@api/client';
import type { AgentTool } from '@api/agent';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Field, Switch, TextField } from '@/ui/Field';
import { fieldError, FormProblem } from '@/ui/FormProblem';
import { toast } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { Headers, type Header } from './Headers';
import { Parameters } from './Parameters';
import { schemaProblem } from './schema';
import { words } from './words';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** One tool: where it goes, with which secrets, and what the model must tell it. */
export function ToolEditor({ tool, onClose }: { tool: AgentTool | undefined; onClose: () => void }) {
  const w = useWords(words);
  const queries = useQueryClient();
  const [name, setName] = useState(tool?.name ?? '');
  const [description, setDescription] = useState(tool?.description ?? '');
  const [method, setMethod] = useState(tool?.method ?? 'GET');
  const [url, setUrl] = useState(tool?.url ?? 'https://');
  const [headers, setHeaders] = useState<Header[]>(() => (tool?.headers ?? []).map(({ name: header }) => ({ name: header, value: null })));
  const [schema, setSchema] = useState(() => JSON.stringify(tool?.parameters ?? { type: 'object', properties: {}, required: [] }, null, 2));
  const [seconds, setSeconds] = useState((tool?.timeout_ms ?? 10_000) / 1000);
  const [effects, setEffects] = useState(tool?.has_effects ?? false);
  const [enabled, setEnabled] = useState(tool?.enabled ?? true);
  const problem = schemaProblem(schema, url, w);
  const misnamed = name !== '' && !/^[A-Za-z0-9_-]{1,64}$/.test(name);

  const save = useMutation({
    mutationFn: () => {
      const body = {
        name, description, method, url, timeout_ms: Math.round(seconds * 1000), has_effects: effects, enabled, parameters: JSON.parse(schema) as unknown,
        headers: headers.filter((header) => header.name.trim()).map((header) => ({ name: header.name.trim(), ...(header.value === null ? {} : { value: header.value }) })),
      };
      return tool ? put(`/admin/agent/tools/${tool.id}`, body) : post('/admin/agent/tools', body);
    },
    onSuccess: () => {
      toast({ title: w.saved });
      void queries.invalidateQueries({ queryKey: ['agent-tools'] });
      onClose();
    },
  });

  return (
    <Dialog title={tool ? tool.name : w.newTool} onClose={onClose} wide>
      <form className="grid grid-cols-[minmax(0,1fr)] gap-5" onSubmit={(event) => { event.preventDefault(); if (!problem && !misnamed) save.mutate(); }}>
        <TextField label={w.name} help={w.nameHelp} data-testid="tool-name" value={name} required maxLength={64} spellCheck={false} autoComplete="off" error={misnamed ? w.e_name : fieldError(save.error, 'name')} onChange={(event) => setName(event.target.value)} className="font-mono" />
        <Field label={w.description} help={w.descriptionHelp} error={fieldError(save.error, 'description')}>
          {(wiring) => <textarea {...wiring} data-testid="tool-description" value={description} required rows={3} maxLength={2000} placeholder={w.descriptionPlace} onChange={(event) => setDescription(event.target.value)} className="input h-auto py-2" />}
        </Field>
        <div className="grid grid-cols-[7rem_minmax(0,1fr)] items-start gap-3">
          <Field label={w.method} error={fieldError(save.error, 'method')}>{(wiring) => <select {...wiring} value={method} onChange={(event) => setMethod(event.target.value)} className="input">{methods.map((verb) => <option key={verb}>{verb}</option>)}</select>}</Field>
          <TextField label={w.url} help={w.urlHelp} data-testid="tool-url" value={url} required spellCheck={false} inputMode="url" error={fieldError(save.error, 'url')} onChange={(event) => setUrl(event.target.value)} className="font-mono text-sm" />
        </div>
        <Headers headers={headers} onChange={setHeaders} error={fieldError(save.error, 'headers')} />
        <Parameters schema={schema} onChange={setSchema} error={problem ?? fieldError(save.error, 'parameters')} />
        <div className="grid gap-1">
          <Switch label={w.hasEffects} checked={effects} onChange={setEffects} />
          <p className="text-xs text-ink-2">{w.hasEffectsHelp}</p>
          <Switch label={w.enabled} checked={enabled} onChange={setEnabled} />
        </div>
        <div className="flex flex-wrap items-end justify-between gap-4">
          <div className="w-52"><TextField label={w.timeout} type="number" min={0.1} max={60} step={0.1} value={seconds} error={fieldError(save.error, 'timeout_ms')} onChange={(event) => setSeconds(event.target.valueAsNumber || 1)} /></div>
          <Button type="submit" tone="primary" data-testid="save-tool" disabled={problem !== null || misnamed} busy={save.isPending}>{w.save}</Button>
        </div>
        <FormProblem error={save.error} fields={['name', 'description', 'method', 'url', 'headers', 'parameters', 'timeout_ms']} />
      </form>
    </Dialog>
  );
}

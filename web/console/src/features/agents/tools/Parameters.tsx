import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '@/ui/Button';
import { Segments } from '@/ui/Segments';
import { useWords } from '@/ui/words';
import { argumentsOf, schemaOf, simpleTypes, type Argument } from './schema';
import { words } from './words';

/** What the model may pass, as a form or as JSON Schema; both edit the same text. */
export function Parameters({ schema, onChange, error }: { schema: string; onChange: (schema: string) => void; error: string | null }) {
  const w = useWords(words);
  const [mode, setMode] = useState<'form' | 'json'>(() => (read(schema) ? 'form' : 'json'));
  // Rows that have no name yet live only here.
  const [rows, setRows] = useState<Argument[]>(() => read(schema) ?? []);
  const show = (next: 'form' | 'json') => {
    const list = read(schema);
    if (next === 'form' && !list) return;
    if (list) setRows(list);
    setMode(next);
  };
  const write = (list: Argument[]) => {
    setRows(list);
    onChange(JSON.stringify(schemaOf(list), null, 2));
  };
  const set = (index: number, change: Partial<Argument>) => write(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  const tooRich = mode === 'json' && !error && !read(schema);
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="sr-only">{w.parameters}</legend>
      <div className="flex items-center justify-between gap-3"><span aria-hidden className="text-sm font-medium">{w.parameters}</span><Segments label={w.view} value={mode} onChange={show} choices={[['form', w.form], ['json', w.json]]} testId="schema" /></div>
      {mode === 'json' ? (
        <textarea aria-label={w.json} data-testid="schema-json" aria-invalid={error ? true : undefined} value={schema} rows={12} spellCheck={false} onChange={(event) => onChange(event.target.value)} className="input h-auto py-2.5 font-mono text-xs leading-5" />
      ) : (
        <>
          {rows.length === 0 && <p className="text-sm text-ink-2">{w.noParameters}</p>}
          {rows.map((row, index) => (
            <div key={index} className="flex flex-wrap items-center gap-2 rounded-xl border border-line p-2">
              <input aria-label={w.parameter} value={row.name} placeholder={w.parameter} spellCheck={false} onChange={(event) => set(index, { name: event.target.value.replace(/\s/g, '_') })} className="input w-36 font-mono text-sm" />
              <select aria-label={w.type} value={row.type} onChange={(event) => set(index, { type: event.target.value })} className="input w-36">{simpleTypes.map((type) => <option key={type} value={type}>{w[`t_${type}`]}</option>)}</select>
              <input aria-label={w.means} value={row.description} placeholder={w.means} onChange={(event) => set(index, { description: event.target.value })} className="input min-w-40 flex-1" />
              <label className="flex items-center gap-1.5 text-xs"><input type="checkbox" checked={row.required} onChange={(event) => set(index, { required: event.target.checked })} className="size-4 accent-accent" />{w.required}</label>
              <IconButton label={w.removeParameter} onClick={() => write(rows.filter((_, at) => at !== index))}><X aria-hidden /></IconButton>
            </div>
          ))}
          <Button small className="justify-self-start" data-testid="add-parameter" onClick={() => setRows([...rows, { name: '', type: 'string', description: '', required: true }])}><Plus aria-hidden />{w.addParameter}</Button>
        </>
      )}
      {(error || tooRich) && <p role={error ? 'alert' : undefined} className={`text-xs ${error ? 'text-bad' : 'text-ink-2'}`}>{error ?? w.tooRich}</p>}
    </fieldset>
  );
}

function read(schema: string): Argument[] | null {
  try {
    return argumentsOf(JSON.parse(schema));
  } catch {
    return null;
  }
}

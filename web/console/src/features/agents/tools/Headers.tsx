import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '@/ui/Button';
import { useWords } from '@/ui/words';
import { words } from './words';

/** A header of a tool. Its value is a secret: null keeps the one that is stored. */
export interface Header {
  name: string;
  value: string | null;
}

export function Headers({ headers, onChange, error }: { headers: Header[]; onChange: (headers: Header[]) => void; error: string | null }) {
  const w = useWords(words);
  const set = (index: number, change: Partial<Header>) => onChange(headers.map((header, at) => (at === index ? { ...header, ...change } : header)));
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="text-sm font-medium">{w.headers}</legend>
      {headers.map((header, index) => (
        <div key={index} className="flex items-center gap-2">
          <input aria-label={w.header} value={header.name} placeholder="Authorization" spellCheck={false} onChange={(event) => set(index, { name: event.target.value, value: header.value ?? '' })} className="input w-2/5 font-mono text-sm" />
          <input aria-label={w.value} type="password" autoComplete="off" value={header.value ?? ''} placeholder={header.value === null ? `•••••••• ${w.keptValue}` : ''} onChange={(event) => set(index, { value: event.target.value })} className="input min-w-0 flex-1" />
          <IconButton label={w.removeHeader} onClick={() => onChange(headers.filter((_, at) => at !== index))}><X aria-hidden /></IconButton>
        </div>
      ))}
      <p className={`text-xs ${error ? 'text-bad' : 'text-ink-2'}`}>{error ?? w.headersHelp}</p>
      <Button small className="justify-self-start" onClick={() => onChange([...headers, { name: '', value: '' }])}><Plus aria-hidden />{w.addHeader}</Button>
    </fieldset>
  );
}

import { useWords } from '@/ui/words';
import { fieldName, words, type Words } from '../words';
import type { FieldChange } from './difference';

/** One field of the settings: what it was, and what it became. */
export function FieldChangeRow({ change: { field, before, after } }: { change: FieldChange }) {
  const w = useWords(words);
  return (
    <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-baseline gap-x-4 px-3.5 py-2">
      <dt className="text-ink-2">{fieldName(w, field)}</dt>
      <dd className="min-w-0 flex-1 break-words"><ins className="font-medium no-underline">{said(w, after)}</ins>{before !== undefined && <span className="text-ink-3"> · {w.was} <del>{said(w, before)}</del></span>}</dd>
    </div>
  );
}

function said(w: Words, value: unknown): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return w.empty;
  if (typeof value === 'boolean') return value ? w.yes : w.no;
  return Array.isArray(value) ? value.join(', ') : String(value);
}

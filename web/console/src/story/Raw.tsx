import { Braces, Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { useWords } from '@/ui/words';
import { pretty } from './figures';
import { words } from './words';

/** Data as it is, one click away. */
export function Raw({ value, label }: { value: unknown; label?: string }) {
  const w = useWords(words);
  const [open, setOpen] = useState(false);
  return (
    <div className={open ? 'w-full' : ''}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="flex items-center gap-1 rounded text-2xs font-medium text-ink-3 hover:text-ink">
        <Braces aria-hidden className="size-3" />{open ? w.hideRaw : (label ?? w.raw)}
      </button>
      {open && <pre tabIndex={0} className="mt-1.5 max-h-80 overflow-auto rounded-lg bg-surface-3 p-3 font-mono text-2xs whitespace-pre-wrap break-words">{pretty(value)}</pre>}
    </div>
  );
}

/** A small button that copies. */
export function CopyButton({ value, label }: { value: string; label: string }) {
  const w = useWords(words);
  const [copied, setCopied] = useState(false);
  const copy = () => void navigator.clipboard?.writeText(value).then(() => {
    setCopied(true);
    setTimeout(() => setCopied(false), 1500);
  });
  return (
    <button type="button" onClick={copy} className="inline-flex shrink-0 items-center gap-1 rounded-md px-1.5 py-0.5 text-2xs font-medium text-ink-2 hover:bg-surface-3">
      {copied ? <Check aria-hidden className="size-3 text-good" /> : <Copy aria-hidden className="size-3" />}{copied ? w.copied : label}
    </button>
  );
}

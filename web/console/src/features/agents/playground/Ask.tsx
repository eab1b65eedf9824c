import { SendHorizontal } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '@/ui/words';
import { words } from './words';

/** Where one writes as a customer. What could not be asked comes back. */
export function Ask({ busy, failed, onAsk }: { busy: boolean; failed: string | null; onAsk: (text: string) => void }) {
  const w = useWords(words);
  const [text, setText] = useState('');
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (failed) setText((typed) => typed || failed);
  }, [failed]);
  const submit = () => {
    if (busy || !text.trim()) return;
    onAsk(text.trim());
    setText('');
    box.current?.focus();
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }} className="shrink-0 border-t border-line bg-surface p-3">
      <div className="flex items-end gap-2 rounded-2xl border border-line-strong bg-surface p-1.5 pl-3.5 focus-within:border-accent focus-within:ring-1 focus-within:ring-accent">
        <textarea
          ref={box} data-testid="playground-input" rows={Math.min(5, text.split('\n').length)} dir="auto" value={text} onChange={(event) => setText(event.target.value)} placeholder={w.place} aria-label={w.place}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            submit();
          }}
          className="min-h-8 flex-1 resize-none bg-transparent py-1.5 leading-5 outline-none placeholder:text-ink-3"
        />
        <button type="submit" data-testid="playground-send" aria-label={w.send} disabled={busy || !text.trim()} className="grid size-9 shrink-0 place-items-center rounded-xl bg-accent text-accent-ink hover:bg-accent-strong disabled:bg-surface-3 disabled:text-ink-3"><SendHorizontal aria-hidden className="size-4" /></button>
      </div>
    </form>
  );
}

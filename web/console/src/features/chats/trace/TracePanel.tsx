import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Story } from '@/story/Story';
import { words as storyWords } from '@/story/words';
import { IconButton } from '@/ui/Button';
import { useWords } from '@/ui/words';
import { words } from '../words';

/** The story of one message beside its chat; on a phone in its place. Its address can be handed on. */
export function TracePanel({ id, onClose }: { id: string; onClose: () => void }) {
  const w = useWords(words);
  const s = useWords(storyWords);
  const head = useRef<HTMLHeadingElement>(null);
  // Who opened it by keyboard goes on reading here.
  useEffect(() => {
    head.current?.focus();
  }, [id]);
  return (
    <aside aria-label={s.trace} data-testid="trace" className="pane h-full">
      <header className="pane-head">
        <div className="min-w-0">
          <h2 ref={head} tabIndex={-1} className="font-semibold outline-none">{s.trace}</h2>
          <p className="truncate text-2xs text-ink-3">{s.lead}</p>
        </div>
        <IconButton label={w.closeTrace} hint="Esc" className="ml-auto" onClick={onClose}><X aria-hidden /></IconButton>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto p-4" tabIndex={0} role="region" aria-label={s.lead}><Story key={id} id={id} /></div>
    </aside>
  );
}

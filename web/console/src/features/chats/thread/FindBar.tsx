import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/ui/Button';
import { useWords } from '@/ui/words';
import { words } from '../words';
import type { Conversation } from './conversation';

interface FindBarProps {
  conversation: Conversation;
  onFound: (message: number) => void;
  onClose: () => void;
}

/** Looks for words in the open chat, from the newest message back, and reads older pages for as long as it must. */
export function FindBar({ conversation, onFound, onClose }: FindBarProps) {
  const w = useWords(words);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState<number | null>(null);
  const [state, setState] = useState<'idle' | 'busy' | 'none'>('idle');
  const look = async (direction: 'older' | 'newer') => {
    if (typed.trim() === '' || state === 'busy') return;
    setState('busy');
    const found = await conversation.find(typed, at, direction);
    setState(found === null ? 'none' : 'idle');
    if (found === null) return;
    setAt(found);
    onFound(found);
  };
  return (
    <form role="search" data-testid="find-bar" className="arrive flex shrink-0 items-center gap-1 border-b border-line bg-surface px-2 py-1.5 sm:px-4" onSubmit={(event) => { event.preventDefault(); void look('older'); }}>
      <input
        autoFocus value={typed} aria-label={w.find} placeholder={w.find} className="input" data-testid="find-input"
        onChange={(event) => { setTyped(event.target.value); setAt(null); setState('idle'); }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
          if (event.key !== 'Enter' || !event.shiftKey) return;
          event.preventDefault();
          void look('newer');
        }}
      />
      <span role="status" className="shrink-0 px-2 text-xs text-ink-2">{state === 'busy' ? w.finding : state === 'none' ? (at === null ? w.notFound : w.noMore) : ''}</span>
      <IconButton label={w.findOlder} hint="Enter" onClick={() => void look('older')}><ArrowUp aria-hidden /></IconButton>
      <IconButton label={w.findNewer} hint="Shift Enter" onClick={() => void look('newer')}><ArrowDown aria-hidden /></IconButton>
      <IconButton label={w.findClose} hint="Esc" onClick={onClose}><X aria-hidden /></IconButton>
    </form>
  );
}

import { useMemo, useRef } from 'react';
import type { ChatSummary } from '@api/schema';
import { useOffer, type Command } from '@/ui/commands';
import { useWords } from '@/ui/words';
import type { Override } from '../hold/useOverride';
import { words } from '../words';

interface Doing {
  override: Override;
  onDetails: () => void;
  onDiagnose: (of: 'agent' | 'send') => void;
  onFind: () => void;
}

/** Offers in the command palette what can be done with the open chat. */
export function useChatCommands(chat: ChatSummary | undefined, mayAnswer: boolean, doing: Doing) {
  const w = useWords(words);
  const latest = useRef(doing);
  latest.current = doing;
  const [known, locked] = [chat !== undefined, chat?.is_locked ?? false];
  useOffer(useMemo<Command[]>(() => [
    ...(known && mayAnswer ? [locked
      ? { id: 'hand-back', label: w.handBack, hint: 'T', run: () => void latest.current.override.handBack() }
      : { id: 'take-over', label: w.takeOver, hint: 'T', run: () => void latest.current.override.take() }] : []),
    { id: 'find', label: w.find, hint: 'F', run: () => latest.current.onFind() },
    { id: 'details', label: w.details, hint: 'D', run: () => latest.current.onDetails() },
    { id: 'why-agent', label: w.whyAgent, run: () => latest.current.onDiagnose('agent') },
    { id: 'why-send', label: w.whySend, run: () => latest.current.onDiagnose('send') },
  ], [known, mayAnswer, locked, w]));
}

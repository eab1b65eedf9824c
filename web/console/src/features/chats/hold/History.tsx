import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '@api/client';
import type { OverrideEvent } from '@api/agent';
import { usePreferences } from '@/ui/preferences';
import { when } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from './words';

/** Who had the chat before, newest first. */
export function History({ conversationId }: { conversationId: string }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['override-history', conversationId], enabled: open,
    queryFn: () => get<OverrideEvent[]>(`/admin/conversations/${conversationId}/override-history`),
  });
  const events = [...(data ?? [])].sort((a, b) => (a.at < b.at ? 1 : -1));
  return (
    <details className="border-t border-line pt-3" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="text-xs font-semibold text-ink-2">{w.history}</summary>
      {data && events.length === 0 && <p className="mt-2 text-xs text-ink-3">{w.noHistory}</p>}
      <ol className="mt-2 grid max-h-56 gap-2 overflow-y-auto">
        {events.map((event, index) => (
          <li key={index} className="text-xs">
            <p className="flex items-baseline justify-between gap-3"><span className="min-w-0 font-medium">{w[`h_${event.kind}`](event.by || (event.why === 'hand_off' ? w.theAi : w.somebody))}</span><time dateTime={event.at} className="nums shrink-0 text-2xs text-ink-3">{when(event.at, language)}</time></p>
            {(event.until || event.note) && <p className="text-ink-2">{[event.until && w.until(when(event.until, language)), event.note && `“${event.note}”`].filter(Boolean).join(' · ')}</p>}
          </li>
        ))}
      </ol>
    </details>
  );
}

import { CloudOff } from 'lucide-react';
import { useReach } from '@/live/reach';
import { span, useNow } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from './words';

/** Says that the server does not answer and how old the picture is. */
export function ConnectionBanner() {
  const { reachable, heardAt } = useReach();
  const w = useWords(words);
  const now = useNow(reachable ? 0 : 1000);
  if (reachable) return null;
  return (
    <div role="status" className="flex shrink-0 items-center justify-center gap-2 bg-warn-soft px-4 py-1.5 text-center text-xs font-medium text-warn">
      <CloudOff aria-hidden className="size-4 shrink-0" />{w.offline(span(now - heardAt))}
    </div>
  );
}

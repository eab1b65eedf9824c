import { Clock } from 'lucide-react';
import { span } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from './words';

const hour = 3_600_000;
const worthSaying = 6 * hour;

/** The time that is left to answer freely, above the composer, once it is worth saying. */
export function WindowStrip({ left }: { left: number | null }) {
  const w = useWords(words);
  if (left === null || left <= 0 || left > worthSaying) return null;
  return (
    <p data-testid="window-left" className={`nums flex shrink-0 items-center justify-center gap-1.5 border-t border-line py-1 text-2xs font-medium ${left < hour ? 'bg-warn-soft text-warn' : 'bg-surface-2 text-ink-2'}`}>
      <Clock aria-hidden className="size-3" />{w.left(left < hour ? clock(left) : span(left))}
    </p>
  );
}

/** 59:03 */
const clock = (ms: number) => `${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')}`;

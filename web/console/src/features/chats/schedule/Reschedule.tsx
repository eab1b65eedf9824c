import { Dialog } from '@/ui/Dialog';
import { useWords } from '@/ui/words';
import { Moments } from './Moments';
import { words } from './words';

/** Another time for a message that waits. */
export function Reschedule({ until, onPick, onClose }: { until: number | null; onPick: (at: Date) => void; onClose: () => void }) {
  const w = useWords(words);
  return <Dialog title={w.reschedule} onClose={onClose}><Moments until={until} onPick={onPick} /></Dialog>;
}

import { Clock } from 'lucide-react';
import { useState } from 'react';
import { Popover } from '@/ui/Popover';
import { useWords } from '@/ui/words';
import { Moments } from './Moments';
import { words } from './words';

interface SendLaterProps {
  disabled: boolean;
  /** When free text ends for this person; null: never. */
  until: number | null;
  onPick: (at: Date) => void;
}

/** Beside the send button: the same words, at a later moment. */
export function SendLater({ disabled, until, onPick }: SendLaterProps) {
  const w = useWords(words);
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open} onOpen={setOpen} label={w.later}
      trigger={(
        <button type="button" data-testid="send-later" aria-label={w.later} title={w.later} disabled={disabled} className="grid size-9 shrink-0 place-items-center rounded-xl text-ink-2 hover:bg-surface-3 hover:text-ink disabled:text-ink-3 disabled:opacity-60 disabled:hover:bg-transparent">
          <Clock aria-hidden className="size-[1.15rem]" />
        </button>
      )}
    >
      <p className="mb-2 text-sm font-semibold">{w.later}</p>
      <Moments
        until={until}
        onPick={(at) => {
          setOpen(false);
          onPick(at);
        }}
      />
    </Popover>
  );
}

import { Bot, BotOff, ChevronDown, Lock } from 'lucide-react';
import { useState } from 'react';
import type { AgentState } from '@api/agent';
import { Button } from '@/ui/Button';
import { Popover } from '@/ui/Popover';
import { usePreferences } from '@/ui/preferences';
import { when } from '@/ui/time';
import { useWords } from '@/ui/words';
import { History } from './History';
import type { Hold, Override } from './useOverride';
import { words } from './words';

interface HoldPopoverProps {
  conversationId: string;
  hold: Hold;
  agent: AgentState | undefined;
  override: Override;
  mayAnswer: boolean;
}

/** Who has the chat, why and until when, for everyone to see; and for those who may, how to change it. */
export function HoldPopover({ conversationId, hold, agent, override, mayAnswer }: HoldPopoverProps) {
  const w = useWords(words);
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const off = !hold.locked && agent?.state === 'off';
  const tone = off ? 'bg-surface-3 text-ink-2' : !hold.locked ? 'bg-agent-soft text-agent' : hold.mine ? 'bg-accent-soft text-accent' : 'bg-warn-soft text-warn';
  const Icon = off ? BotOff : hold.locked ? Lock : Bot;
  const waiting = hold.locked && hold.by === '' && hold.why === 'hand_off';
  const short = !hold.locked ? (off ? w.aiOff : w.aiAnswers) : hold.mine ? w.mine : hold.by || (waiting ? w.waiting : w.human);
  const close = (work: Promise<void>) => void work.then(() => setOpen(false));
  return (
    <Popover
      open={open} onOpen={setOpen} label={w.who}
      trigger={
        <button type="button" data-testid="holder" data-held={hold.locked} aria-label={`${w.who}: ${short}`} className={`flex h-7 shrink-0 items-center gap-1.5 rounded-full px-2.5 text-2xs font-semibold ${tone}`}>
          <Icon aria-hidden className="size-3.5 shrink-0" />
          <span className="max-w-44 truncate max-sm:hidden">{short}{hold.until && <span className="font-normal"> · {w.until(when(hold.until, language))}</span>}</span>
          <ChevronDown aria-hidden className="size-3 shrink-0" />
        </button>
      }
    >
      <div className="grid gap-4">
        <Standing hold={hold} off={off} />
        {mayAnswer && hold.locked && !hold.mine && hold.by && <Ask override={override} onDone={close} />}
        {mayAnswer && (!hold.locked || hold.mine) && <Time hold={hold} override={override} onDone={close} />}
        {mayAnswer && hold.locked && (hold.mine || !hold.by) && <HandBack override={override} onDone={close} />}
        <History conversationId={conversationId} />
      </div>
    </Popover>
  );
}

function Standing({ hold, off }: { hold: Hold; off: boolean }) {
  const w = useWords(words);
  const { language } = usePreferences();
  if (!hold.locked) return <p className="text-sm">{off ? w.aiOffWhy : w.aiWhy}</p>;
  return (
    <div className="text-sm">
      <p className="font-semibold">{hold.mine ? w.mineLong : hold.by ? w.theirs(hold.by) : hold.why === 'hand_off' ? w.waitingLong : w.outside}</p>
      <p className="text-ink-2">{[hold.since && w.since(when(hold.since, language)), hold.why && w[`why_${hold.why}`]].filter(Boolean).join(' · ')}</p>
      <p className="text-ink-2">{hold.until ? w.back(when(hold.until, language)) : w.backByHand}</p>
    </div>
  );
}

interface PartProps {
  override: Override;
  onDone: (work: Promise<void>) => void;
}

/** Taking it, or keeping it, for a time. */
function Time({ hold, override, onDone }: PartProps & { hold: Hold }) {
  const w = useWords(words);
  const after = (minutes: number) => new Date(Date.now() + minutes * 60_000);
  const tomorrow = () => {
    const day = new Date();
    day.setDate(day.getDate() + 1);
    day.setHours(9, 0, 0, 0);
    return day;
  };
  const choices: [string, () => Date | null][] = [
    [w.minutes30, () => after(30)], [w.hour, () => after(60)], [w.hours4, () => after(240)], [w.tomorrow, tomorrow],
    ...(hold.mine ? [] : [[w.open, () => null] as [string, () => null]]),
  ];
  return (
    <div>
      <p className="mb-1.5 text-xs font-semibold">{hold.mine ? w.keepFor : w.takeFor}</p>
      <div className="flex flex-wrap gap-1.5">
        {choices.map(([label, until]) => <Button key={label} small disabled={override.busy} onClick={() => onDone(override.take(until()))}>{label}</Button>)}
      </div>
    </div>
  );
}

function HandBack({ override, onDone }: PartProps) {
  const w = useWords(words);
  const [note, setNote] = useState('');
  return (
    <form className="grid gap-1.5" onSubmit={(event) => { event.preventDefault(); onDone(override.handBack(note)); }}>
      <label className="grid gap-1.5 text-xs font-semibold">
        {w.note}
        <textarea value={note} data-testid="note" onChange={(event) => setNote(event.target.value)} rows={2} maxLength={1000} placeholder={w.notePlace} aria-describedby="note-help" className="input h-auto py-2 text-sm font-normal" />
      </label>
      <p id="note-help" className="text-2xs text-ink-2">{w.noteHelp}</p>
      <Button type="submit" small tone="primary" data-testid="hand-back-note" busy={override.busy} className="justify-self-end"><Bot aria-hidden />{w.handBackLong}</Button>
    </form>
  );
}

/** What another's chat allows: asking for it, or taking it. */
function Ask({ override, onDone }: PartProps) {
  const w = useWords(words);
  const [reason, setReason] = useState('');
  return (
    <form className="grid gap-1.5" onSubmit={(event) => { event.preventDefault(); onDone(override.request(reason)); }}>
      <label className="grid gap-1.5 text-xs font-semibold">{w.reason}<input value={reason} onChange={(event) => setReason(event.target.value)} maxLength={300} className="input text-sm font-normal" /></label>
      <p className="text-2xs text-ink-2">{w.requestLead}</p>
      <Button type="submit" small tone="primary" data-testid="request" busy={override.busy} className="justify-self-end">{w.request}</Button>
      <div className="mt-2 flex items-center justify-between gap-3 border-t border-line pt-3">
        <p className="text-2xs text-ink-2">{w.takeFromWhy}</p>
        <Button small busy={override.busy} data-testid="take-from" onClick={() => onDone(override.take(null, true))}>{w.takeFrom}</Button>
      </div>
    </form>
  );
}

import { Check, CheckCheck, CircleSlash, Clock, CloudOff, HelpCircle, TriangleAlert, Undo2, type LucideIcon } from 'lucide-react';
import type { Message, MessageStatus } from '@api/schema';
import { usePreferences } from '@/ui/preferences';
import { span, useNow, when } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from '../words';

const hour = 3_600_000;

/** The states of unsent words, which only this browser knows, beside the server's. */
export type ShownStatus = MessageStatus | 'saving' | 'offline';

const looks: Record<ShownStatus, { icon: LucideIcon; tone: string }> = {
  received: { icon: Check, tone: 'text-ink-2' },
  saving: { icon: Clock, tone: 'text-ink-2' },
  offline: { icon: CloudOff, tone: 'text-warn' },
  queued: { icon: Clock, tone: 'text-ink-2' },
  sending: { icon: Clock, tone: 'text-accent' },
  uncertain: { icon: HelpCircle, tone: 'text-warn' },
  sent: { icon: Check, tone: 'text-ink-2' },
  delivered: { icon: CheckCheck, tone: 'text-ink-2' },
  read: { icon: CheckCheck, tone: 'text-read' },
  played: { icon: CheckCheck, tone: 'text-read' },
  failed: { icon: TriangleAlert, tone: 'text-bad' },
  cancelled: { icon: CircleSlash, tone: 'text-ink-2' },
  withdrawn: { icon: Undo2, tone: 'text-ink-2' },
};

export function useStatusWords(status: ShownStatus): string {
  const w = useWords(words);
  return {
    received: w.statusReceived, saving: w.statusSaving, offline: w.statusOffline, queued: w.statusQueued, sending: w.statusSending,
    uncertain: w.statusUncertain, sent: w.statusSent, delivered: w.statusDelivered, read: w.statusRead, played: w.statusPlayed,
    failed: w.statusFailed, cancelled: w.statusCancelled, withdrawn: w.statusWithdrawn,
  }[status];
}

/** The tick under a bubble; with words where a tick alone would puzzle. */
export function Status({ status, notBefore }: { status: ShownStatus; notBefore?: string | null }) {
  const word = useStatusWords(status);
  const { icon: Icon, tone } = looks[status];
  const spelled = status === 'uncertain' || status === 'failed' || status === 'cancelled' || status === 'withdrawn' || status === 'offline';
  return (
    <span data-testid="bubble-status" data-status={status} className={`inline-flex items-center gap-1 ${tone}`}>
      {status === 'queued' && notBefore && <Countdown until={notBefore} />}
      {spelled && <span>{word}</span>}
      <Icon role="img" aria-label={word} className="size-3.5 shrink-0"><title>{word}</title></Icon>
    </span>
  );
}

function Countdown({ until }: { until: string }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const now = useNow(500);
  const left = Date.parse(until) - now;
  if (left <= 0) return null;
  return <span className="nums">{left < hour ? w.statusQueuedIn(span(left)) : w.statusQueuedAt(when(until, language))}</span>;
}

/** Whether the network has not got it yet, so it can still be called off or put off. */
export const isWaiting = (message: Message) => message.status === 'queued';

/** Whether its words can still be changed; a file or a template is what it is. */
export const canReword = (message: Message) => isWaiting(message) && message.type === 'text';

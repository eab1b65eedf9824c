import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Bot, Hand, Square, TriangleAlert, X } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { get, post, remove } from '@api/client';
import type { AgentState, OverrideEvent, StoppedAgent } from '@api/agent';
import type { ChatSummary } from '@api/schema';
import { Button } from '@/ui/Button';
import { useSession } from '@/live/session';
import { Tip } from '@/ui/Tip';
import { span, useNow } from '@/ui/time';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import type { Hold, Override } from './useOverride';
import { words } from './words';

interface AgentBarProps {
  conversationId: string;
  agent: AgentState;
  hold: Hold;
  override: Override;
  onChange: (change: Partial<ChatSummary>) => void;
  /** Puts words into the composer. */
  onDraft: (text: string) => void;
  onWhy: () => void;
}

/** What the agent is doing or has left behind, above the composer; nothing when there is nothing to say. */
export function AgentBar(props: AgentBarProps) {
  const { agent, hold } = props;
  if (!hold.locked && agent.state === 'thinking') return <Thinking {...props} />;
  if (!hold.locked && agent.state === 'due') return <Due {...props} />;
  return (
    <>
      {hold.locked && hold.by === '' && hold.why === 'hand_off' && <HandedOver {...props} />}
      {hold.mine && agent.requested_by && <Requested {...props} />}
      {hold.locked && agent.draft && <Draft {...props} />}
      {!hold.locked && agent.state === 'idle' && agent.last_outcome === 'failed' && <Failed {...props} />}
    </>
  );
}

function Bar({ tone, icon, children, testId }: { tone: string; icon: ReactNode; children: ReactNode; testId: string }) {
  return (
    <div data-testid={testId} className={`arrive shrink-0 border-t px-3 py-2 text-sm sm:px-4 ${tone}`}>
      <div className="mx-auto flex max-w-4xl items-center gap-2.5 [&>svg]:size-4 [&>svg]:shrink-0">{icon}{children}</div>
    </div>
  );
}

const agentTone = 'border-agent-line bg-agent-soft text-agent';

function Thinking({ conversationId, agent, onChange, onDraft }: AgentBarProps) {
  const w = useWords(words);
  const queries = useQueryClient();
  const { session } = useSession();
  const stop = useMutation({
    mutationFn: () => post<StoppedAgent>(`/admin/conversations/${conversationId}/agent/stop`),
    onSuccess: ({ stopped, draft }) => {
      onChange({ is_locked: true, held_by: session.operator.name });
      if (draft) {
        onDraft(draft);
        void remove(`/admin/conversations/${conversationId}/draft`).catch(() => {});
      }
      toast({ title: stopped ? w.stopped : w.stoppedLate, text: draft ? w.stoppedDraft : undefined });
    },
    onError: toastProblem,
    onSettled: () => {
      for (const key of ['agent-state', 'conversation']) void queries.invalidateQueries({ queryKey: [key, conversationId] });
    },
  });
  return (
    <Bar testId="agent-thinking" tone={agentTone} icon={<Bot aria-hidden />}>
      <span role="status" className="flex min-w-0 flex-1 items-center gap-2 font-medium"><span className="truncate">{w.thinking}</span><Dots /></span>
      {agent.draft && <span className="line-clamp-1 min-w-0 flex-1 text-xs text-ink-2 max-sm:hidden">{agent.draft}</span>}
      <Tip text={w.stopHint}><Button small data-testid="stop-agent" busy={stop.isPending} onClick={() => stop.mutate()}><Square aria-hidden className="fill-current" />{w.stop}</Button></Tip>
    </Bar>
  );
}

const Dots = () => <span aria-hidden className="flex gap-1">{[0, 1, 2].map((n) => <span key={n} className="size-1.5 animate-[shimmer_0.7s_ease-in-out_infinite_alternate] rounded-full bg-current" style={{ animationDelay: `${n * 0.2}s` }} />)}</span>;

function Due({ agent, override }: AgentBarProps) {
  const w = useWords(words);
  const now = useNow(500);
  const left = agent.due_at ? Date.parse(agent.due_at) - now : 0;
  return (
    <Bar testId="agent-due" tone={agentTone} icon={<Bot aria-hidden />}>
      <span className="nums min-w-0 flex-1 truncate font-medium">{left > 0 ? w.due(span(left)) : w.dueNow}</span>
      <Button small busy={override.busy} onClick={() => void override.take()}>{w.takeOver}</Button>
    </Bar>
  );
}

function Draft({ conversationId, agent, onDraft }: AgentBarProps) {
  const w = useWords(words);
  const queries = useQueryClient();
  const drop = () => void remove(`/admin/conversations/${conversationId}/draft`)
    .then(() => queries.invalidateQueries({ queryKey: ['agent-state', conversationId] }), toastProblem);
  return (
    <Bar testId="agent-draft" tone={agentTone} icon={<Bot aria-hidden />}>
      <span className="min-w-0 flex-1"><span className="block text-xs font-semibold">{w.draft}</span><span className="line-clamp-2 text-sm text-ink">{agent.draft}</span></span>
      <Button small tone="primary" data-testid="use-draft" onClick={() => { onDraft(agent.draft!); drop(); }}>{w.use}</Button>
      <button type="button" aria-label={w.discard} title={w.discard} onClick={drop} className="rounded-md p-1 text-ink-2 hover:bg-surface"><X aria-hidden className="size-4" /></button>
    </Bar>
  );
}

/** The AI gave it up: why, in its own words, and the way to answer. */
function HandedOver({ conversationId, override }: AgentBarProps) {
  const w = useWords(words);
  const taken = useNewest(conversationId, 'taken');
  // Our own rules are told in the operator's language; the model's wish in its own words.
  const rule = `code_${taken?.code ?? ''}`;
  const note = rule in w ? w[rule as 'code_keyword'] : taken?.note;
  return (
    <Bar testId="agent-handed-over" tone="border-line bg-warn-soft text-warn" icon={<Hand aria-hidden />}>
      <span className="min-w-0 flex-1"><span className="block font-medium">{w.handedOff}</span>{note && <span className="line-clamp-2 text-xs whitespace-pre-line text-ink-2" title={note}>{note}</span>}</span>
      <Button small tone="primary" busy={override.busy} onClick={() => void override.take()}>{w.takeOver}</Button>
    </Bar>
  );
}

/** The newest event of a kind. */
function useNewest(conversationId: string, kind: OverrideEvent['kind']): OverrideEvent | undefined {
  const { data } = useQuery({ queryKey: ['override-history', conversationId], queryFn: () => get<OverrideEvent[]>(`/admin/conversations/${conversationId}/override-history`) });
  return data?.find((event) => event.kind === kind);
}

function Requested({ conversationId, agent, override }: AgentBarProps) {
  const w = useWords(words);
  const reason = useNewest(conversationId, 'requested')?.note;
  const [hidden, setHidden] = useState<string | null>(null);
  if (hidden === agent.requested_by) return null;
  return (
    <Bar testId="agent-requested" tone="border-line bg-warn-soft text-warn" icon={<Hand aria-hidden />}>
      <span role="status" className="min-w-0 flex-1"><span className="block font-medium">{w.asks(agent.requested_by!)}</span>{reason && <span className="line-clamp-2 text-xs text-ink-2">{reason}</span>}</span>
      <Button small tone="primary" data-testid="give-to-requester" busy={override.busy} onClick={() => void override.give(agent.requested_by!)}>{w.give}</Button>
      <Button small busy={override.busy} className="max-sm:hidden" onClick={() => void override.handBack()}>{w.release}</Button>
      <button type="button" aria-label={w.dismiss} onClick={() => setHidden(agent.requested_by)} className="rounded-md p-1 text-ink-2 hover:bg-surface"><X aria-hidden className="size-4" /></button>
    </Bar>
  );
}

function Failed({ onWhy }: AgentBarProps) {
  const w = useWords(words);
  return (
    <Bar testId="agent-failed" tone="border-line bg-bad-soft text-bad" icon={<TriangleAlert aria-hidden />}>
      <span className="min-w-0 flex-1 font-medium">{w.failed}</span>
      <Button small onClick={onWhy}>{w.why}</Button>
    </Bar>
  );
}

import { useQuery } from '@tanstack/react-query';
import { get, Problem } from '@api/client';
import type { StoryStep, TurnLog } from '@api/agent';
import type { Trace } from '@api/schema';
import { Link } from '@/ui/route';
import { usePreferences } from '@/ui/preferences';
import { Skeleton, Trouble } from '@/ui/States';
import { useWords } from '@/ui/words';
import { duration, money } from './figures';
import { CopyButton, Raw } from './Raw';
import { Timeline } from './Timeline';
import { TurnCard } from './TurnCard';
import { words } from './words';

/**
 * The whole story of one message, found by any id it goes by: from the bytes that came in, through the AI's turn, to the
 * last word of the network.
 */
export function Story({ id, link }: { id: string; link?: boolean }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const trace = useQuery({
    queryKey: ['trace', id], queryFn: () => get<Trace>(`/admin/traces/${encodeURIComponent(id)}`),
    // Ticks go on climbing while one looks.
    refetchInterval: (query) => (query.state.data && moving(query.state.data) ? 2_000 : false),
  });
  const correlation = trace.data ? turnOf(trace.data) : null;
  const turn = useQuery({
    queryKey: ['agent-log', correlation], enabled: correlation !== null, retry: false,
    queryFn: () => get<TurnLog>(`/admin/logs/ai/${correlation}`),
  });
  if (trace.error && !trace.data) return <Trouble error={trace.error} onRetry={() => void trace.refetch()} />;
  if (!trace.data || (correlation && turn.isPending)) return <Skeleton rows={6} className="h-12" />;
  const { ids, steps } = trace.data;
  const log = turn.data && !(turn.error instanceof Problem) ? turn.data : null;
  const tries = steps.filter((step) => step.kind === 'attempt').length;
  const whole = steps.length > 1 ? Date.parse(steps.at(-1)!.at) - Date.parse(steps[0]!.at) : null;
  const figures = [
    ...(whole !== null ? [[w.whole, duration(whole, language)]] : []),
    ...(log?.tokens?.total ? [[w.tokens, log.tokens.total.toLocaleString(language)]] : []),
    ...(log && log.cost !== null && log.cost !== undefined ? [[w.cost, money(log.cost, language)]] : []),
  ];
  return (
    <div data-testid="story">
      {link && <h2 className="sr-only">{w.trace}</h2>}
      <div className="mb-4 grid gap-2 rounded-xl bg-surface-2 px-3.5 py-3">
        {figures.length > 0 && <dl className="nums flex flex-wrap gap-x-6 gap-y-1">{figures.map(([label, value]) => <div key={label}><dt className="text-2xs text-ink-3">{label}</dt><dd className="font-semibold">{value}</dd></div>)}</dl>}
        <p className="flex flex-wrap items-center gap-1 text-2xs text-ink-3">
          <code className="min-w-0 font-mono break-all">{ids.correlation_id}</code>
          <CopyButton value={ids.correlation_id} label={w.copyId} /><CopyButton value={location.href} label={w.copyLink} />
          {link && ids.conversation_id && <Link to={`/chats/${ids.conversation_id}${ids.messages[0] ? `/trace/${ids.messages[0]}` : ''}`} className="ml-auto font-medium text-accent underline-offset-2 hover:underline">{w.openChat}</Link>}
        </p>
      </div>
      {steps.length === 0 ? <p className="text-sm text-ink-2">{w.nothing}</p> : (
        <Timeline steps={steps}>{(stage, first) => stage === 'agent' && first && log && <TurnCard log={log} open={tries === 0} />}</Timeline>
      )}
      {log && !steps.some((step) => agentKinds.has(step.kind)) && <TurnCard log={log} />}
      <div className="mt-4 border-t border-line pt-3"><Raw value={log ? { trace: trace.data, turn: log } : trace.data} /></div>
    </div>
  );
}

const agentKinds = new Set(['turn', 'prompt', 'model', 'knowledge', 'tool', 'reasoning', 'hand_off']);

/** The correlation id of the AI's turn in a story; null when the AI had no part in it. */
function turnOf({ ids, steps }: Trace): string | null {
  const turn = steps.find((step) => agentKinds.has(step.kind)) ?? steps.find((step) => authorOf(step) === 'agent');
  if (!turn) return null;
  const detail = turn.detail as { correlation_id?: unknown; turn_id?: unknown } | null;
  return typeof detail?.correlation_id === 'string' ? detail.correlation_id : ids.correlation_id;
}

const authorOf = (step: StoryStep) => (step.kind === 'message' && /by agent/.test(step.title) ? 'agent' : null);

const moving = ({ steps }: Trace) => steps.some((step) => step.kind === 'status' && /queued|sending|uncertain|sent$|delivered/.test(step.title));

import { useQueries, useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { TurnLog } from '@api/agent';
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
  const turns = useQueries({
    queries: turnsOf(trace.data).map((turn) => ({ queryKey: ['agent-log', turn], retry: false, queryFn: () => get<TurnLog>(`/admin/logs/ai/${turn}`) })),
  });
  if (trace.error && !trace.data) return <Trouble error={trace.error} onRetry={() => void trace.refetch()} />;
  if (!trace.data || turns.some((turn) => turn.isPending)) return <Skeleton rows={6} className="h-12" />;
  const { ids, steps } = trace.data;
  const logs = turns.map((turn) => turn.data).filter((log) => log !== undefined);
  const tokens = logs.reduce((sum, log) => sum + (log.tokens?.total ?? 0), 0);
  const costs = logs.map((log) => log.cost).filter((cost) => cost !== null && cost !== undefined);
  const tries = steps.filter((step) => step.kind === 'attempt').length;
  const whole = steps.length > 1 ? Date.parse(steps.at(-1)!.at) - Date.parse(steps[0]!.at) : null;
  const figures = [
    ...(whole !== null ? [[w.whole, duration(whole, language)]] : []),
    ...(tokens > 0 ? [[w.tokens, tokens.toLocaleString(language)]] : []),
    ...(costs.length > 0 ? [[w.cost, money(costs.reduce((sum, cost) => sum + cost, 0), language)]] : []),
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
        <Timeline steps={steps}>{(stage, first) => stage === 'agent' && first && logs.map((log) => <TurnCard key={log.correlation_id} log={log} open={tries === 0} />)}</Timeline>
      )}
      <div className="mt-4 border-t border-line pt-3"><Raw value={logs.length > 0 ? { trace: trace.data, turns: logs } : trace.data} /></div>
    </div>
  );
}

/** The AI's turns in a story; each has a log of its own. */
const turnsOf = (trace: Trace | undefined): readonly string[] => trace?.ids.turns ?? [];

const moving = ({ steps }: Trace) => steps.some(({ code, values }) => code === 'now' && ['queued', 'sending', 'uncertain', 'sent', 'delivered'].includes(String(values.status)));

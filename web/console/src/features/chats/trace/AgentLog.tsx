import { useQuery } from '@tanstack/react-query';
import { get, Problem } from '@api/client';
import { useWords } from '@/ui/words';
import { words } from '../words';

interface AgentLogEntry {
  reasoning: string | string[] | null;
  tools_used: { name: string; arguments: unknown; result: unknown; ms: number }[] | null;
  prompt: unknown;
  model: string | null;
  tokens: unknown;
  cost: number | string | null;
  latency_ms: number | null;
  outcome: string | null;
}

/** What the AI thought, what it looked up, and what it cost. */
export function AgentLog({ correlationId }: { correlationId: string }) {
  const w = useWords(words);
  const { data, error } = useQuery({ queryKey: ['agent-log', correlationId], queryFn: () => get<AgentLogEntry>(`/admin/logs/ai/${correlationId}`), retry: false });
  if (error instanceof Problem && error.status === 404) return null;
  if (!data) return null;
  const facts = [[w.model, data.model], [w.tokens, say(data.tokens)], [w.cost, data.cost], ['ms', data.latency_ms]].filter(([, value]) => value != null && value !== '');
  return (
    <section aria-label={w.thinking} className="mb-5 grid gap-3 rounded-xl border border-agent-line bg-agent-soft p-4 text-sm">
      <p className="nums flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">{facts.map(([label, value]) => <span key={String(label)}><span className="text-ink-3">{label}</span> {value}</span>)}</p>
      {data.reasoning && <Block title={w.reasoning} text={Array.isArray(data.reasoning) ? data.reasoning.join('\n') : data.reasoning} open />}
      {(data.tools_used ?? []).map((tool, index) => <Block key={index} title={`${w.tools}: ${tool.name} · ${tool.ms} ms`} text={`${say(tool.arguments)}\n→ ${say(tool.result)}`} />)}
      {data.prompt != null && <Block title={w.prompt} text={say(data.prompt)} />}
    </section>
  );
}

function Block({ title, text, open }: { title: string; text: string; open?: boolean }) {
  return (
    <details open={open}>
      <summary className="text-xs font-semibold text-agent">{title}</summary>
      <pre className="mt-1.5 max-h-72 overflow-auto font-mono text-xs whitespace-pre-wrap">{text}</pre>
    </details>
  );
}

const say = (value: unknown) => (value == null ? '' : typeof value === 'string' ? value : JSON.stringify(value, null, 2));

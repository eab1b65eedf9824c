import { BookOpen, Brain, ChevronRight, MessageSquareText, Wrench } from 'lucide-react';
import type { ReactNode } from 'react';
import type { KnowledgeHit, TurnLog, TurnTool } from '@api/agent';
import { Tag } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { useWords } from '@/ui/words';
import { duration, money, pretty } from './figures';
import { Prompt } from './Prompt';
import { Raw } from './Raw';
import { outcomeName, words } from './words';

const outcomeTone = { answered: 'good', handed_off: 'warn', nothing: 'plain', failed: 'bad' } as const;

/** One turn of the AI: how it ended, what it took, what it looked up, what it was given. */
export function TurnCard({ log, open }: { log: TurnLog; open?: boolean }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const knowledge = log.knowledge ?? [];
  const tools = (log.tools_used ?? []);
  const reasoning = Array.isArray(log.reasoning) ? log.reasoning.join('\n') : log.reasoning;
  const facts: [string, ReactNode][] = [
    [w.model, log.model || w.builtIn],
    ...(log.latency_ms !== null ? [[w.latency, duration(log.latency_ms, language)] as [string, ReactNode]] : []),
    ...(log.tokens?.total ? [[w.tokens, `${log.tokens.total.toLocaleString(language)} (${(log.tokens.input ?? 0).toLocaleString(language)} ${w.tokensIn}, ${(log.tokens.output ?? 0).toLocaleString(language)} ${w.tokensOut})`] as [string, ReactNode]] : []),
    ...(log.cost !== null && log.cost !== undefined ? [[w.cost, money(log.cost, language)] as [string, ReactNode]] : []),
  ];
  return (
    <section aria-label={w.stage_agent} data-testid="turn" className="mb-3 overflow-hidden rounded-xl border border-agent-line bg-agent-soft">
      <div className="flex flex-wrap items-center gap-2 px-3.5 pt-3">
        {log.outcome && <Tag tone={outcomeTone[log.outcome as keyof typeof outcomeTone] ?? 'plain'}>{outcomeName(w, log.outcome)}</Tag>}
        {log.reason && <code className="font-mono text-2xs text-ink-2">{log.reason}</code>}
        {log.agent_version > 0 && <span className="text-2xs font-medium text-ink-2">{w.version(log.agent_version)}</span>}
      </div>
      <dl className="nums flex flex-wrap gap-x-5 gap-y-1 px-3.5 pt-2 pb-3 text-xs">
        {facts.map(([label, value]) => <div key={label} className="flex gap-1.5"><dt className="text-ink-2">{label}</dt><dd className="font-medium">{value}</dd></div>)}
      </dl>
      <div className="divide-y divide-line border-t border-agent-line bg-surface">
        {reasoning && <Fold icon={<Brain />} title={w.reasoning} open={open}><p className="text-xs leading-5 whitespace-pre-wrap text-ink-2">{reasoning}</p></Fold>}
        {knowledge.length > 0 && <Fold icon={<BookOpen />} title={w.knowledge} mark={knowledge.length} open><ul className="grid grid-cols-[minmax(0,1fr)] gap-2.5">{knowledge.map((hit, index) => <Hit key={`${hit.id}${index}`} hit={hit} />)}</ul></Fold>}
        {tools.length > 0 && <Fold icon={<Wrench />} title={w.tools} mark={tools.length} open={open}><ul className="grid grid-cols-[minmax(0,1fr)] gap-3">{tools.map((tool, index) => <Tool key={index} tool={tool} />)}</ul></Fold>}
        {log.prompt !== null && log.prompt !== undefined && <Fold icon={<MessageSquareText />} title={w.prompt}><Prompt value={log.prompt} /></Fold>}
      </div>
    </section>
  );
}

function Fold({ icon, title, mark, open, children }: { icon: ReactNode; title: string; mark?: number; open?: boolean; children: ReactNode }) {
  return (
    <details open={open} className="group/fold">
      <summary className="flex list-none items-center gap-2 px-3.5 py-2.5 text-xs font-semibold -outline-offset-2 [&::-webkit-details-marker]:hidden [&_svg]:size-3.5 [&_svg]:shrink-0">
        <span aria-hidden className="text-agent">{icon}</span>{title}{mark !== undefined && <span className="nums font-normal text-ink-3">{mark}</span>}
        <ChevronRight aria-hidden className="ml-auto text-ink-3 transition-transform group-open/fold:rotate-90" />
      </summary>
      <div className="px-3.5 pb-3.5">{children}</div>
    </details>
  );
}

/** A passage of the knowledge with how well it matched. */
export function Hit({ hit }: { hit: KnowledgeHit }) {
  const w = useWords(words);
  const share = Math.max(4, Math.min(100, Math.round((hit.score <= 1 ? hit.score : hit.score / (hit.score + 4)) * 100)));
  return (
    <li className="text-xs">
      <p className="flex items-center gap-2">
        <span className="min-w-0 truncate font-medium">{hit.title}</span>
        {hit.confident !== undefined && <Tag tone={hit.confident ? 'good' : 'plain'}>{hit.confident ? w.confident : w.unsure}</Tag>}
        <span className="nums ml-auto flex shrink-0 items-center gap-1.5 text-2xs text-ink-2" title={w.score}>
          <span aria-hidden className="h-1 w-12 overflow-hidden rounded-full bg-surface-3"><span className={`block h-full rounded-full ${hit.confident === false ? 'bg-ink-3' : 'bg-agent'}`} style={{ width: `${share}%` }} /></span>
          {hit.score.toFixed(2)}
        </span>
      </p>
      <p className="mt-0.5 line-clamp-4 whitespace-pre-wrap text-ink-2">{hit.passage}</p>
    </li>
  );
}

function Tool({ tool }: { tool: TurnTool }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const small = (value: unknown) => pretty(value).length <= 160;
  return (
    <li className="text-xs">
      <p className="flex items-center gap-2"><code className="font-mono font-semibold">{tool.name}</code><span className="nums ml-auto text-2xs text-ink-3">{duration(tool.ms, language)}</span></p>
      {([[w.given, tool.arguments], [w.answered, tool.result]] as const).map(([label, value]) => value !== null && value !== undefined && value !== '' && (
        small(value)
          ? <p key={label} className="mt-1 flex gap-2"><span className="shrink-0 text-ink-3">{label}</span><code className="min-w-0 font-mono text-2xs leading-[1.0625rem] break-words whitespace-pre-wrap text-ink-2">{typeof value === 'string' ? value : JSON.stringify(value)}</code></p>
          : <div key={label} className="mt-1"><Raw value={value} label={label} /></div>
      ))}
    </li>
  );
}

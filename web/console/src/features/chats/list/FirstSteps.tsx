import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Circle } from 'lucide-react';
import { get } from '@api/client';
import type { AgentOfAccount, KnowledgeItem } from '@api/agent';
import type { ChannelAccount } from '@api/schema';
import { Link } from '@/ui/route';
import { useWords } from '@/ui/words';
import { words } from '../words';

/** What is left to do before the first chat can be answered, in a list that is empty because nobody has written yet. */
export function FirstSteps() {
  const w = useWords(words);
  const accounts = useQuery({ queryKey: ['channel-accounts'], queryFn: () => get<ChannelAccount[]>('/admin/channel-accounts') });
  const agents = useQuery({ queryKey: ['agent', 'accounts'], queryFn: () => get<AgentOfAccount[]>('/admin/agent/accounts') });
  const knowledge = useQuery({ queryKey: ['knowledge', 'any'], queryFn: () => get<KnowledgeItem[]>('/admin/knowledge') });
  const steps: [done: boolean, label: string, to: string][] = [
    [(accounts.data ?? []).some((account) => account.state === 'connected'), w.step_channel, '/channels'],
    [(knowledge.data ?? []).length > 0, w.step_knowledge, '/agent/knowledge'],
    [(agents.data ?? []).some((agent) => agent.enabled), w.step_agent, '/agent'],
    [false, w.step_write, '/channels'],
  ];
  return (
    <section aria-label={w.firstSteps} data-testid="first-steps" className="m-auto w-full max-w-80 p-5">
      <h2 className="font-semibold">{w.firstSteps}</h2>
      <p className="mt-1 text-sm text-ink-2">{w.noChatsWhy}</p>
      <ol className="mt-4 grid gap-1">
        {steps.map(([done, label, to]) => (
          <li key={label}>
            <Link to={to} className="flex items-start gap-2.5 rounded-lg px-2 py-2 text-sm hover:bg-surface-2">
              {done ? <CircleCheck role="img" aria-label={w.stepDone} className="mt-0.5 size-4 shrink-0 text-good" /> : <Circle aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />}
              <span className={done ? 'text-ink-2 line-through' : 'font-medium'}>{label}</span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}

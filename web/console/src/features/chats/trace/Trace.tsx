import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { Message, Trace as TraceStory } from '@api/schema';
import { Dialog } from '@/ui/Dialog';
import { usePreferences } from '@/ui/preferences';
import { Skeleton, Trouble } from '@/ui/States';
import { clock } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from '../words';
import { AgentLog } from './AgentLog';

/** The whole story of one message, from the bytes that came in to the last word of the network. */
export function Trace({ message, onClose }: { message: Message; onClose: () => void }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const id = message.correlation_id ?? String(message.id);
  const { data, error, refetch } = useQuery({ queryKey: ['trace', id], queryFn: () => get<TraceStory>(`/admin/traces/${encodeURIComponent(id)}`) });
  return (
    <Dialog title={w.trace} onClose={onClose} wide>
      <p className="mb-3 font-mono text-xs break-all text-ink-3">{id}</p>
      {message.author.kind === 'agent' && message.correlation_id && <AgentLog correlationId={message.correlation_id} />}
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton rows={4} className="h-10" /> : (data.steps ?? []).length === 0 ? <p className="text-ink-2">{w.noTrace}</p> : (
        <ol className="ml-2 border-l border-line-strong">
          {data.steps.map((step, index) => (
            <li key={index} className="relative pb-4 pl-5 before:absolute before:top-1.5 before:-left-[5px] before:size-2.5 before:rounded-full before:border-2 before:border-surface before:bg-accent">
              <p className="flex flex-wrap items-baseline gap-x-2 text-sm"><span className="font-medium">{step.title}</span><span className="text-2xs text-ink-3">{step.kind}</span>
                <time className="nums ml-auto text-2xs text-ink-3" dateTime={step.at}>{clock(step.at, language)}:{step.at.slice(17, 23)}</time></p>
              {step.detail != null && step.detail !== '' && <Detail value={step.detail} />}
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}

function Detail({ value }: { value: unknown }) {
  if (typeof value === 'string' && value.length < 160) return <p className="text-xs break-words text-ink-2">{value}</p>;
  return <pre className="mt-1 max-h-56 overflow-auto rounded-lg bg-surface-2 p-2.5 font-mono text-xs whitespace-pre-wrap">{typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>;
}

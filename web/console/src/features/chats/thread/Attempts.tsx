import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { Attempt, Message } from '@api/schema';
import { Dialog } from '@/ui/Dialog';
import { Tag } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { Skeleton, Trouble } from '@/ui/States';
import { full } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from '../words';
import { outcomeOf, partsOf, settledOf } from './attempts';

/** Every try to hand one message to the network, part by part, with the network's own words. */
export function Attempts({ message, onClose }: { message: Message; onClose: () => void }) {
  const w = useWords(words);
  const { data, error, refetch } = useQuery({ queryKey: ['attempts', message.id], queryFn: () => get<Attempt[]>(`/admin/messages/${message.id}/attempts`) });
  const parts = partsOf(data ?? []);
  return (
    <Dialog title={w.attempts} onClose={onClose} wide>
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton rows={2} className="h-20" /> : data.length === 0 ? <p className="text-ink-2">{w.noAttempts}</p> : (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          {parts.map(({ part, attempts }) => (
            <section key={part} aria-label={w.part(part + 1, parts.length)}>
              {parts.length > 1 && <h3 className="mb-2 text-sm font-semibold">{w.part(part + 1, parts.length)}</h3>}
              <ol className="grid grid-cols-[minmax(0,1fr)] gap-3">{attempts.map((attempt) => <Try key={attempt.n} attempt={attempt} />)}</ol>
            </section>
          ))}
        </div>
      )}
    </Dialog>
  );
}

function Try({ attempt }: { attempt: Attempt }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const { tone, word } = outcomeOf(attempt);
  const settled = settledOf(attempt);
  return (
    <li data-testid="attempt" className="rounded-xl border border-line p-3">
      <p className="flex flex-wrap items-center gap-2 text-sm">
        <span className="font-semibold">{w.attempt(attempt.n)}</span>
        <Tag tone={tone}>{w[word]}</Tag>
        {attempt.network_code && <code className="text-xs text-ink-2">{attempt.network_code}</code>}
        <time className="nums ml-auto text-xs text-ink-3" dateTime={attempt.started_at}>{full(attempt.started_at, language)}{attempt.ended_at && ` · ${Date.parse(attempt.ended_at) - Date.parse(attempt.started_at)} ms`}</time>
      </p>
      {settled && <p className="mt-1 text-sm text-ink-2">{w[settled]}{attempt.settled_at && <time className="nums text-ink-3" dateTime={attempt.settled_at}> · {full(attempt.settled_at, language)}</time>}</p>}
      {attempt.external_id && <p className="mt-1 font-mono text-xs break-all text-ink-2">{attempt.external_id}</p>}
      {attempt.raw && <pre className="mt-2 max-h-64 overflow-auto rounded-lg bg-surface-2 p-3 font-mono text-xs whitespace-pre-wrap">{pretty(attempt.raw)}</pre>}
    </li>
  );
}

function pretty(raw: string): string {
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}

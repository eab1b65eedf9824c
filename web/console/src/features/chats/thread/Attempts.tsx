import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { Attempt, Message } from '@api/schema';
import { Dialog } from '@/ui/Dialog';
import { usePreferences } from '@/ui/preferences';
import { Skeleton, Trouble } from '@/ui/States';
import { full } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from '../words';

const tone = { accepted: 'bg-good-soft text-good', settled: 'bg-good-soft text-good', refused: 'bg-bad-soft text-bad', uncertain: 'bg-warn-soft text-warn' };

/** Every try to hand one message to the network, with the network's own words. */
export function Attempts({ message, onClose }: { message: Message; onClose: () => void }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const { data, error, refetch } = useQuery({ queryKey: ['attempts', message.id], queryFn: () => get<Attempt[]>(`/admin/messages/${message.id}/attempts`) });
  return (
    <Dialog title={w.attempts} onClose={onClose} wide>
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton rows={2} className="h-20" /> : data.length === 0 ? <p className="text-ink-2">{w.noAttempts}</p> : (
        <ol className="grid gap-3">
          {data.map((attempt) => (
            <li key={attempt.n} className="rounded-xl border border-line p-3">
              <p className="flex flex-wrap items-center gap-2 text-sm">
                <span className="font-semibold">{w.attempt(attempt.n)}</span>
                <span className={`rounded-full px-2 py-0.5 text-2xs font-semibold ${attempt.outcome ? tone[attempt.outcome] : 'bg-surface-3 text-ink-2'}`}>{attempt.outcome ? w[attempt.outcome] : w.running}</span>
                {attempt.network_code && <code className="text-xs text-ink-2">{attempt.network_code}</code>}
                <time className="nums ml-auto text-xs text-ink-3" dateTime={attempt.started_at}>{full(attempt.started_at, language)}{attempt.ended_at && ` · ${Date.parse(attempt.ended_at) - Date.parse(attempt.started_at)} ms`}</time>
              </p>
              {attempt.external_id && <p className="mt-1 font-mono text-xs break-all text-ink-2">{attempt.external_id}</p>}
              {attempt.raw && <pre className="mt-2 max-h-64 overflow-auto rounded-lg bg-surface-2 p-3 font-mono text-xs whitespace-pre-wrap">{pretty(attempt.raw)}</pre>}
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}

function pretty(raw: unknown): string {
  if (typeof raw !== 'string') return JSON.stringify(raw, null, 2);
  try {
    return JSON.stringify(JSON.parse(raw), null, 2);
  } catch {
    return raw;
  }
}

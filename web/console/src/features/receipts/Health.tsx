import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { IntakeHealth } from '@api/schema';
import { usePreferences } from '@/ui/preferences';
import { ago, span, useNow } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from './words';

const late = 10_000;

/** How the intake is doing: what waits, how late the networks are, and when something last came. */
export function Health() {
  const w = useWords(words);
  const { language } = usePreferences();
  const now = useNow(15_000);
  const { data } = useQuery({ queryKey: ['receipts', 'health'], refetchInterval: 10_000, queryFn: () => get<IntakeHealth>('/admin/receipts/health') });
  const lag = (ms: number | null | undefined) => (ms == null ? '—' : ms < 1000 ? `${ms} ms` : span(ms));
  const full = data !== undefined && data.queue > data.queue_limit / 2;
  const figures: [label: string, value: string, title: string, warn: boolean][] = [
    [w.queue, data ? data.queue.toLocaleString(language) : '…', data ? w.queueLimit(data.queue_limit) : '', full],
    [w.lagMedian, data ? lag(data.lag_p50_ms) : '…', w.lagOf, (data?.lag_p50_ms ?? 0) > late],
    [w.lagMost, data ? lag(data.lag_max_ms) : '…', w.lagOf, (data?.lag_max_ms ?? 0) > late],
    [w.lastReceived, data ? (data.last_received_at ? ago(data.last_received_at, language, now) : w.never) : '…', '', false],
  ];
  return (
    <dl data-testid="intake-health" className="grid shrink-0 grid-cols-2 gap-px border-b border-line bg-line sm:grid-cols-4">
      {figures.map(([label, value, title, warn]) => (
        <div key={label} title={title || undefined} className="bg-surface px-4 py-2.5 sm:px-5">
          <dt className="text-2xs text-ink-3">{label}</dt><dd className={`nums text-base font-semibold ${warn ? 'text-warn' : ''}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

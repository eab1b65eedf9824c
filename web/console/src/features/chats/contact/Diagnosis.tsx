import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX, Stethoscope } from 'lucide-react';
import { useState } from 'react';
import { get } from '@api/client';
import type { Check } from '@api/schema';
import { Button } from '@/ui/Button';
import { Skeleton, Trouble } from '@/ui/States';

/** Asks the server what stands in the way of an answer, one check a line, each with its remedy. */
export function Diagnosis({ conversationId, of, title }: { conversationId: string; of: 'agent' | 'send'; title: string }) {
  const [asked, setAsked] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['diagnosis', conversationId, of], enabled: asked, staleTime: 0,
    queryFn: () => get<Check[]>(`/admin/conversations/${conversationId}/diagnosis`, { query: { of } }),
  });
  if (!asked) return <Button onClick={() => setAsked(true)} className="!justify-start"><Stethoscope aria-hidden />{title}</Button>;
  return (
    <section aria-label={title} className="rounded-xl border border-line p-3.5">
      <h3 className="text-sm font-semibold">{title}</h3>
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton rows={3} className="h-5" /> : (
        <ul className="mt-2 grid gap-2 text-sm">
          {data.map((check) => (
            <li key={check.check} className="flex gap-2">
              {check.ok ? <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" /> : <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />}
              <span className="min-w-0"><span className="block">{check.detail}</span>{!check.ok && check.fix && <span className="block text-xs text-ink-2">{check.fix}</span>}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

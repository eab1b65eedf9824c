import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX, RefreshCw } from 'lucide-react';
import { get } from '@api/client';
import type { Check } from '@api/schema';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Skeleton, Trouble } from '@/ui/States';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from '../words';
import { fixes } from './fixes';

interface DiagnosisProps {
  of: 'agent' | 'send';
  conversationId: string;
  onClose: () => void;
}

/** Asks the server what stands in the way of an answer or of a message: one check a line, each with a button that mends it. */
export function Diagnosis({ of, conversationId, onClose }: DiagnosisProps) {
  const w = useWords(words);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['diagnosis', conversationId, of], staleTime: 0,
    queryFn: () => get<Check[]>(`/admin/conversations/${conversationId}/diagnosis`, { query: { of } }),
  });
  const wrong = data?.filter((check) => !check.ok).length ?? 0;
  return (
    <Dialog title={of === 'agent' ? w.whyAgent : w.whySend} description={of === 'agent' ? w.checksAgent : w.checksSend} onClose={onClose}>
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton rows={5} className="h-9" /> : (
        <div data-testid="diagnosis" aria-busy={isFetching}>
          <p role="status" className={`mb-3 flex items-center gap-2 rounded-lg px-3 py-2 text-sm font-medium ${wrong === 0 ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad'}`}>
            {wrong === 0 ? <CircleCheck aria-hidden className="size-4" /> : <CircleX aria-hidden className="size-4" />}
            {wrong === 0 ? w.allGood : w.inTheWay(wrong)}
            <button type="button" onClick={() => void refetch()} className="ml-auto flex items-center gap-1 rounded-md px-1.5 py-0.5 text-xs font-medium hover:bg-surface"><RefreshCw aria-hidden className={`size-3.5 ${isFetching ? 'animate-[turn_0.8s_linear_infinite]' : ''}`} />{w.diagnose}</button>
          </p>
          <ul className="grid divide-y divide-line">
            {[...data].sort((a, b) => Number(a.ok) - Number(b.ok)).map((check) => <Line key={check.check} check={check} conversationId={conversationId} onDone={() => void refetch()} onLeave={onClose} />)}
          </ul>
        </div>
      )}
    </Dialog>
  );
}

function Line({ check, conversationId, onDone, onLeave }: { check: Check; conversationId: string; onDone: () => void; onLeave: () => void }) {
  const queries = useQueryClient();
  const action = check.fix?.action;
  const mend = useMutation({
    mutationFn: async () => {
      const outcome = await fixes[action!]!(conversationId);
      if (outcome && outcome !== 'leave') toast({ tone: outcome.ok ? 'plain' : 'bad', title: outcome.text });
      return outcome === 'leave';
    },
    onSuccess: (left) => {
      for (const key of ['agent', 'agent-state']) void queries.invalidateQueries({ queryKey: [key] });
      if (left) onLeave();
      else onDone();
    },
    onError: toastProblem,
  });
  return (
    <li data-testid="check" data-check={check.check} data-ok={check.ok} className="flex gap-2.5 py-2.5 text-sm">
      {check.ok ? <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" /> : <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />}
      <div className="min-w-0 flex-1">
        <p className={check.ok ? 'text-ink-2' : ''}>{check.detail}</p>
        {!check.ok && check.fix && !fixes[check.fix.action] && <p className="text-xs text-ink-2">{check.fix.label}</p>}
      </div>
      {!check.ok && action && fixes[action] && <Button small data-testid={`fix-${action}`} busy={mend.isPending} onClick={() => mend.mutate()}>{check.fix?.label}</Button>}
    </li>
  );
}

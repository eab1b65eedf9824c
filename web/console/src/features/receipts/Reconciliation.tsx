import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '@api/client';
import type { Reconciliation as Sums, Verdict } from '@api/schema';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import { Tag } from '@/ui/Page';
import { Skeleton, Trouble } from '@/ui/States';
import { useWords } from '@/ui/words';
import { verdicts, words } from './words';

/** The books of one day: received = applied + duplicate + … */
export function Reconciliation({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  const { data, error, refetch } = useQuery({ queryKey: ['reconciliation', day], queryFn: () => get<Sums>('/admin/receipts/reconciliation', { query: { day } }) });
  const amount = (name: Verdict | 'received') => data?.[name] ?? 0;
  const sum = verdicts.reduce((total, verdict) => total + amount(verdict), 0);
  return (
    <Dialog title={w.reconciliation} description={w.reconciliationLead} onClose={onClose}>
      <div className="grid gap-4">
        <TextField label={w.day} type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        {error ? <Trouble error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton rows={5} className="h-6" /> : (
          <dl className="nums grid gap-1.5 text-sm">
            {verdicts.map((verdict) => <div key={verdict} className="flex justify-between"><dt className="text-ink-2">{w[verdict]}</dt><dd>{amount(verdict).toLocaleString()}</dd></div>)}
            <div className="mt-1 flex justify-between border-t border-line pt-2 font-semibold"><dt>{w.received}</dt><dd>{amount('received').toLocaleString()}</dd></div>
            <p className="pt-1"><Tag tone={sum === amount('received') ? 'good' : 'bad'}>{sum === amount('received') ? w.adds : w.addsNot}</Tag></p>
          </dl>
        )}
      </div>
    </Dialog>
  );
}

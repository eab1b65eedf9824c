import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ReceiptText as ReceiptIcon, RotateCcw, Scale, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { get, post } from '@api/client';
import type { Receipt, Verdict } from '@api/schema';
import { Button } from '@/ui/Button';
import { Page, Tag } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { Link } from '@/ui/route';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { Tip } from '@/ui/Tip';
import { full, span, when } from '@/ui/time';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { ReceiptDetail } from './ReceiptDetail';
import { Reconciliation } from './Reconciliation';
import { verdicts, verdictTone, words } from './words';

const late = 10_000;

export function Receipts() {
  const w = useWords(words);
  const { language } = usePreferences();
  const queries = useQueryClient();
  const [verdict, setVerdict] = useState<Verdict | ''>('');
  const [limit, setLimit] = useState(50);
  const [openId, setOpenId] = useState<string | null>(null);
  const [reconciling, setReconciling] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['receipts', verdict, limit], refetchInterval: 10_000, placeholderData: (before) => before,
    queryFn: () => get<Receipt[]>('/admin/receipts', { query: { verdict, limit } }),
  });
  const replayFailed = useMutation({
    mutationFn: () => post<{ replayed: number }>('/admin/receipts/replay', { verdict: 'failed', since: new Date(Date.now() - 86_400_000).toISOString() }),
    onSuccess: ({ replayed }) => {
      toast({ title: w.replayed(replayed) });
      void queries.invalidateQueries({ queryKey: ['receipts'] });
    },
    onError: toastProblem,
  });

  return (
    <Page title={w.title} lead={w.lead} actions={<>
      <Link to="/traces" className="inline-flex h-9 items-center gap-2 rounded-lg border border-line-strong px-3.5 text-sm font-medium hover:bg-surface-3"><Waypoints aria-hidden className="size-4" />{w.findTrace}</Link>
      <Button onClick={() => setReconciling(true)}><Scale aria-hidden />{w.reconciliation}</Button>
      <Tip text={w.replayFailedNote}><Button busy={replayFailed.isPending} onClick={() => replayFailed.mutate()}><RotateCcw aria-hidden />{w.replayFailed}</Button></Tip>
    </>}>
      <div role="radiogroup" aria-label={w.verdict} className="flex shrink-0 gap-1.5 overflow-x-auto px-4 py-3 sm:flex-wrap sm:px-5">
        {(['', ...verdicts] as const).map((value) => (
          <button key={value} type="button" role="radio" aria-checked={verdict === value} onClick={() => setVerdict(value)}
            className={`h-7 shrink-0 rounded-full px-3 text-xs font-medium ${verdict === value ? 'bg-accent text-accent-ink' : 'bg-surface-3 text-ink-2 hover:text-ink'}`}>
            {value === '' ? w.all : w[value]}
          </button>
        ))}
      </div>
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton rows={8} className="h-9" />
        : data.length === 0 ? <Empty icon={ReceiptIcon} title={w.none}>{w.noneWhy}</Empty> : (
          <>
            <table className="w-full text-sm">
              <thead className="table-head"><tr>
                <th className="px-4 py-2 sm:px-5">{w.received}</th><th className="px-3 py-2">{w.verdict}</th><th className="px-3 py-2 text-right">{w.lag}</th><th className="px-3 py-2 text-right max-sm:hidden">{w.items}</th><th className="px-5 py-2 max-md:hidden">{w.reason}</th>
              </tr></thead>
              <tbody>
                {data.map((receipt) => (
                  <tr key={receipt.id} data-testid="receipt-row" className="cursor-pointer border-b border-line hover:bg-surface-2" onClick={() => setOpenId(receipt.id)}>
                    <td className="nums px-4 py-2 whitespace-nowrap sm:px-5"><button type="button" className="text-left"><span className="max-sm:hidden">{full(receipt.received_at, language)}</span><span className="sm:hidden">{when(receipt.received_at, language)}</span></button></td>
                    <td className="px-3 py-2"><Tag tone={verdictTone[receipt.verdict]}>{w[receipt.verdict]}</Tag></td>
                    <td className={`nums px-3 py-2 text-right whitespace-nowrap ${receipt.lag_ms !== null && receipt.lag_ms > late ? 'font-medium text-warn' : 'text-ink-2'}`}>{receipt.lag_ms === null ? '—' : receipt.lag_ms < 1000 ? `${receipt.lag_ms} ms` : span(receipt.lag_ms)}</td>
                    <td className="nums px-3 py-2 text-right text-ink-2 max-sm:hidden">{receipt.items?.length ?? 0}</td>
                    <td className="max-w-0 truncate px-5 py-2 text-ink-2 max-md:hidden">{receipt.reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {data.length >= limit && limit < 200 && <Button className="mx-auto my-4" onClick={() => setLimit(Math.min(200, limit + 50))}>{w.more}</Button>}
          </>
        )}
      {openId && <ReceiptDetail id={openId} onClose={() => setOpenId(null)} />}
      {reconciling && <Reconciliation onClose={() => setReconciling(false)} />}
    </Page>
  );
}

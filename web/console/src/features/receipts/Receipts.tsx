import { useMutation, useQueryClient, useInfiniteQuery } from '@tanstack/react-query';
import { ReceiptText as ReceiptIcon, RotateCcw, Scale, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { get, post } from '@api/client';
import type { Receipt, Verdict } from '@api/schema';
import { Button } from '@/ui/Button';
import { Page } from '@/ui/Page';
import { Link } from '@/ui/route';
import { Segments } from '@/ui/Segments';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { Tip } from '@/ui/Tip';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { Health } from './Health';
import { ReceiptDetail } from './ReceiptDetail';
import { ReceiptTable } from './ReceiptTable';
import { Reconciliation } from './Reconciliation';
import { useAccounts } from './useAccountNames';
import { verdicts, words } from './words';

const size = 50;
const hour = 3_600_000;
const spans = { hour, day: 24 * hour, week: 7 * 24 * hour };

interface Filter {
  verdict: Verdict | '';
  account: string;
  since: keyof typeof spans | '';
}

/** Everything that came in, with its verdict; whatever was not applied can be read again. */
export function Receipts() {
  const w = useWords(words);
  const queries = useQueryClient();
  const [filter, setFilter] = useState<Filter>({ verdict: '', account: '', since: '' });
  const [openId, setOpenId] = useState<string | null>(null);
  const [reconciling, setReconciling] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['receipts', 'list', filter], refetchInterval: 10_000, initialPageParam: '',
    queryFn: ({ pageParam }) => get<Receipt[]>('/admin/receipts', {
      query: { verdict: filter.verdict, account: filter.account, since: filter.since && new Date(Date.now() - spans[filter.since]).toISOString(), before: pageParam, limit: size },
    }),
    getNextPageParam: (page) => (page.length < size ? undefined : page.at(-1)!.id),
  });
  const replayFailed = useMutation({
    mutationFn: () => post<{ replayed: number }>('/admin/receipts/replay', { verdict: 'failed', since: new Date(Date.now() - spans.day).toISOString() }),
    onSuccess: ({ replayed }) => {
      toast({ title: w.replayed(replayed) });
      void queries.invalidateQueries({ queryKey: ['receipts'] });
    },
    onError: toastProblem,
  });
  // What arrives between two pages shifts nothing, as each begins below an id; but a refresh may overlap.
  const rows = [...new Map((list.data?.pages.flat() ?? []).map((row) => [row.id, row])).values()];
  const filtered = filter.verdict !== '' || filter.account !== '' || filter.since !== '';

  return (
    <Page title={w.title} lead={w.lead} actions={<>
      <Link to="/traces" className="inline-flex h-9 items-center gap-2 rounded-lg border border-line-strong px-3.5 text-sm font-medium hover:bg-surface-3"><Waypoints aria-hidden className="size-4" />{w.findTrace}</Link>
      <Button data-testid="reconcile" onClick={() => setReconciling(true)}><Scale aria-hidden />{w.reconciliation}</Button>
      <Tip text={w.replayFailedNote}><Button busy={replayFailed.isPending} onClick={() => replayFailed.mutate()}><RotateCcw aria-hidden />{w.replayFailed}</Button></Tip>
    </>}>
      <Health />
      <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-5">
        <div className="max-w-full overflow-x-auto">
          <Segments look="chips" label={w.verdict} value={filter.verdict} onChange={(verdict) => setFilter({ ...filter, verdict })} choices={[['', w.all], ...verdicts.map((one) => [one, w[one]] as const)]} />
        </div>
        <span className="flex gap-2 max-sm:w-full sm:ml-auto">
          <Account value={filter.account} onChange={(account) => setFilter({ ...filter, account })} />
          <select aria-label={w.since} value={filter.since} onChange={(event) => setFilter({ ...filter, since: event.target.value as Filter['since'] })} className="input sm:w-auto">
            <option value="">{w.sinceAlways}</option><option value="hour">{w.sinceHour}</option><option value="day">{w.sinceDay}</option><option value="week">{w.sinceWeek}</option>
          </select>
        </span>
      </div>
      {list.error ? <Trouble error={list.error} onRetry={() => void list.refetch()} /> : !list.data ? <Skeleton rows={8} className="h-9" />
        : rows.length === 0 ? <Empty icon={ReceiptIcon} title={filtered ? w.noneHere : w.none}>{filtered ? w.noneHereWhy : w.noneWhy}</Empty> : (
          <>
            <ReceiptTable rows={rows} onOpen={setOpenId} />
            {list.hasNextPage && <Button className="mx-auto my-4" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{w.more}</Button>}
          </>
        )}
      {openId && <ReceiptDetail id={openId} onClose={() => setOpenId(null)} />}
      {reconciling && <Reconciliation onClose={() => setReconciling(false)} />}
    </Page>
  );
}

function Account({ value, onChange }: { value: string; onChange: (account: string) => void }) {
  const w = useWords(words);
  return (
    <select aria-label={w.account} data-testid="receipts-account" value={value} onChange={(event) => onChange(event.target.value)} className="input sm:w-auto sm:max-w-56">
      <option value="">{w.everyAccount}</option>
      {useAccounts().map((account) => <option key={account.id} value={account.id}>{account.name}</option>)}
    </select>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { get, post } from '@api/client';
import type { Receipt } from '@api/schema';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Tag } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { Link } from '@/ui/route';
import { Skeleton, Trouble } from '@/ui/States';
import { full } from '@/ui/time';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { useAccountNames } from './useAccountNames';
import { verdictTone, words } from './words';

/** One receipt: each item with its verdict, and the bytes as they came. */
export function ReceiptDetail({ id, onClose }: { id: string; onClose: () => void }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const queries = useQueryClient();
  const names = useAccountNames();
  const { data, error, refetch } = useQuery({ queryKey: ['receipt', id], queryFn: () => get<Receipt>(`/admin/receipts/${id}`) });
  const replay = useMutation({
    mutationFn: () => post(`/admin/receipts/${id}/replay`),
    onSuccess: () => {
      toast({ title: w.replayed(1) });
      void queries.invalidateQueries({ queryKey: ['receipts'] });
      void refetch();
    },
    onError: toastProblem,
  });
  return (
    <Dialog title={w.detail} onClose={onClose} wide>
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton rows={4} className="h-12" /> : (
        <div className="grid gap-4">
          <p className="flex flex-wrap items-center gap-2 text-sm">
            <Tag tone={verdictTone[data.verdict]}>{w[data.verdict]}</Tag><span className="font-medium">{names(data.account_id)}</span><time className="nums text-ink-2" dateTime={data.received_at}>{full(data.received_at, language)}</time>
            <Button small className="ml-auto" busy={replay.isPending} onClick={() => replay.mutate()}><RotateCcw aria-hidden />{w.replay}</Button>
          </p>
          {data.reason && <p className="text-sm text-ink-2">{data.reason}</p>}
          {data.correlation_id && <p className="text-xs text-ink-3">{w.correlation} <Link to={`/traces/${data.correlation_id}`} className="font-mono break-all text-accent underline-offset-2 hover:underline">{data.correlation_id}</Link></p>}
          <ul className="grid divide-y divide-line rounded-xl border border-line text-sm">
            {(data.items ?? []).map((item, index) => (
              <li key={index} className="flex flex-wrap items-center gap-2 px-3.5 py-2">
                <Tag tone={verdictTone[item.verdict]}>{w[item.verdict]}</Tag>
                <span className="font-medium">{item.kind}</span>
                <span className="min-w-0 flex-1 text-ink-2"><span className="block truncate">{item.reason ?? item.external_id}</span>{item.reason && item.external_id && <code className="block truncate font-mono text-2xs text-ink-3">{item.external_id}</code>}</span>
                {item.conversation_id && <Link to={`/chats/${item.conversation_id}${item.message_id ? `/trace/${item.message_id}` : ''}`} title={item.verdict === 'duplicate' ? w.firstHint : undefined} className="text-accent underline-offset-2 hover:underline">{item.verdict === 'duplicate' && item.message_id ? w.repeats : w.openChat}</Link>}
              </li>
            ))}
          </ul>
          <section aria-label={w.body}>
            <h3 className="mb-1.5 text-sm font-semibold">{w.body}</h3>
            {data.body == null ? <p className="text-sm text-ink-2">{w.noBody}</p> : <pre tabIndex={0} className="max-h-96 overflow-auto rounded-xl bg-surface-2 p-3.5 font-mono text-xs whitespace-pre-wrap">{pretty(data.body)}</pre>}
          </section>
        </div>
      )}
    </Dialog>
  );
}

function pretty(body: unknown): string {
  if (typeof body !== 'string') return JSON.stringify(body, null, 2);
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

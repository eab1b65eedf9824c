import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '@api/client';
import type { AccountBooks, Reconciliation as Books, Verdict } from '@api/schema';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import { Tag } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { Skeleton, Trouble } from '@/ui/States';
import { useWords } from '@/ui/words';
import { useAccountNames } from './useAccountNames';
import { verdicts, words } from './words';

const columns = ['received', ...verdicts] as const;

/** The books of one day: what was counted on arrival, against what the receipts say now. */
export function Reconciliation({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const [day, setDay] = useState(() => new Date().toISOString().slice(0, 10));
  const { data, error, refetch } = useQuery({
    queryKey: ['reconciliation', day], enabled: day !== '', queryFn: () => get<Books>('/admin/receipts/reconciliation', { query: { day } }),
  });
  return (
    <Dialog title={w.reconciliation} description={w.reconciliationLead} onClose={onClose} wide>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <TextField label={w.day} type="date" value={day} onChange={(event) => setDay(event.target.value)} className="max-w-48" />
        {error ? <Trouble error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton rows={4} className="h-6" /> : (
          <>
            <p role="status" data-testid="books-agree" data-agrees={String(data.agrees)} className="flex flex-wrap items-center gap-2 text-sm">
              <Tag tone={data.agrees === null ? 'plain' : data.agrees ? 'good' : 'bad'}>{data.agrees === null ? w.agreesUnknown : data.agrees ? w.agrees : w.agreesNot}</Tag>
              <span className="text-ink-2">{data.detail}</span>
            </p>
            <Sheet books={data} />
          </>
        )}
      </div>
    </Dialog>
  );
}

/** A row for each account, and beneath a counter the number of receipts that belies it. */
function Sheet({ books }: { books: Books }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const names = useAccountNames();
  const recounted = new Map((books.recounted ?? []).map((row) => [row.account_id, row]));
  const strangers = (books.recounted ?? []).filter((row) => !books.accounts.some((known) => known.account_id === row.account_id));
  const empty = (id: string): AccountBooks => ({ account_id: id, received: 0, applied: 0, duplicate: 0, unsupported: 0, anomalous: 0, unrouted: 0, failed: 0 });
  const rows = [...books.accounts, ...strangers.map((row) => empty(row.account_id))];
  const figure = (n: number) => n.toLocaleString(language);
  const cell = (counted: AccountBooks, column: Verdict | 'received') => {
    const now = books.recounted ? (recounted.get(counted.account_id)?.[column] ?? 0) : counted[column];
    return (
      <td key={column} className="px-2 py-2 text-right">
        {figure(counted[column])}
        {now !== counted[column] && <span className="block text-2xs font-semibold text-bad">{w.recounted(now)}</span>}
      </td>
    );
  };
  return (
    <div className="overflow-x-auto rounded-xl border border-line" tabIndex={0} role="region" aria-label={w.reconciliation}>
      <table className="nums w-full text-sm">
        <thead className="bg-surface-2 text-left text-2xs font-semibold text-ink-3"><tr>
          <th className="px-3 py-2">{w.account}</th>{columns.map((column) => <th key={column} className="px-2 py-2 text-right">{w[column]}</th>)}
        </tr></thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.account_id} className="border-t border-line"><th scope="row" className="px-3 py-2 text-left font-medium">{names(row.account_id)}</th>{columns.map((column) => cell(row, column))}</tr>
          ))}
        </tbody>
        <tfoot><tr className="border-t border-line-strong font-semibold">
          <th scope="row" className="px-3 py-2 text-left">{w.total}</th>{columns.map((column) => <td key={column} className="px-2 py-2 text-right">{figure(books[column])}</td>)}
        </tr></tfoot>
      </table>
    </div>
  );
}

import type { Receipt } from '@api/schema';
import { ChannelMark } from '@/ui/ChannelMark';
import { Tag } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { full, span, when } from '@/ui/time';
import { useWords } from '@/ui/words';
import { useAccountNames, useAccounts } from './useAccountNames';
import { verdictTone, words } from './words';

const late = 10_000;

/** Receipts, newest first; a row opens one. */
export function ReceiptTable({ rows, onOpen }: { rows: readonly Receipt[]; onOpen: (id: string) => void }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const names = useAccountNames();
  const accounts = useAccounts();
  const source = (id: string) => accounts.find((account) => account.id === id)?.channel_source;
  return (
    <table className="w-full text-sm">
      <thead className="table-head"><tr>
        <th className="px-4 py-2 sm:px-5">{w.received}</th><th className="px-3 py-2 max-sm:hidden">{w.account}</th><th className="px-3 py-2">{w.verdict}</th>
        <th className="px-3 py-2 text-right">{w.lag}</th><th className="px-3 py-2 text-right max-sm:hidden">{w.items}</th><th className="w-1/3 px-5 py-2 max-md:hidden">{w.reason}</th>
      </tr></thead>
      <tbody>
        {rows.map((receipt) => (
          <tr key={receipt.id} data-testid="receipt-row" className="cursor-pointer border-b border-line hover:bg-surface-2" onClick={() => onOpen(receipt.id)}>
            <td className="nums px-4 py-2 whitespace-nowrap sm:px-5"><button type="button" className="text-left"><span className="max-sm:hidden">{full(receipt.received_at, language)}</span><span className="sm:hidden">{when(receipt.received_at, language)}</span></button></td>
            <td className="px-3 py-2 max-sm:hidden"><span className="flex items-center gap-2 whitespace-nowrap">{source(receipt.account_id) && <ChannelMark source={source(receipt.account_id)!} />}<span className="max-w-52 truncate">{names(receipt.account_id)}</span></span></td>
            <td className="px-3 py-2"><Tag tone={verdictTone[receipt.verdict]}>{w[receipt.verdict]}</Tag></td>
            <td className={`nums px-3 py-2 text-right whitespace-nowrap ${receipt.lag_ms !== null && receipt.lag_ms > late ? 'font-medium text-warn' : 'text-ink-2'}`}>{receipt.lag_ms === null ? '—' : receipt.lag_ms < 1000 ? `${receipt.lag_ms} ms` : span(receipt.lag_ms)}</td>
            <td className="nums px-3 py-2 text-right text-ink-2 max-sm:hidden">{receipt.items?.length ?? 0}</td>
            <td className="max-w-0 truncate px-5 py-2 text-ink-2 max-md:hidden">{receipt.reason ?? [...new Set((receipt.items ?? []).map((item) => item.kind))].join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

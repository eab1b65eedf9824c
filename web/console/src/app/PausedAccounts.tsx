import { useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { get } from '@api/client';
import type { ChannelAccount } from '@api/schema';
import { useSession } from '@/live/session';
import { Link } from '@/ui/route';
import { useWords } from '@/ui/words';
import { words } from './words';

/** Says which accounts the network refuses: their queues are kept and go on by themselves once they are reconnected. */
export function PausedAccounts() {
  const w = useWords(words);
  const { feed, session: { operator } } = useSession();
  const queries = useQueryClient();
  const { data } = useQuery({ queryKey: ['channel-accounts'], queryFn: () => get<ChannelAccount[]>('/admin/channel-accounts'), refetchInterval: 30_000 });
  useEffect(() => feed.subscribe((hint) => {
    if (hint.event === 'resync' || hint.change.kind === 'channel_account') void queries.invalidateQueries({ queryKey: ['channel-accounts'] });
  }), [feed, queries]);
  const paused = (data ?? []).filter((account) => account.state === 'paused');
  if (paused.length === 0) return null;
  const mayManage = operator.role === 'owner' || operator.platform_admin;
  return (
    <div role="status" data-testid="paused-accounts" className="flex shrink-0 flex-wrap items-center justify-center gap-x-2 gap-y-0.5 bg-bad-soft px-4 py-1.5 text-center text-xs font-medium text-bad">
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      <span>{w.paused(paused.map((account) => account.name).join(', '))}</span>
      {mayManage ? <Link to="/channels" className="font-semibold underline underline-offset-2">{w.reconnect}</Link> : <span className="text-ink-2">{w.askOwner}</span>}
    </div>
  );
}

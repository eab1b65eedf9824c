import { useQuery, useQueryClient } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { get } from '@api/client';
import type { ChannelAccount } from '@api/schema';
import { useSession } from '@/live/session';
import { Link } from '@/ui/route';
import { useWords } from '@/ui/words';
import { words } from './words';

/** Says which accounts the network refuses, or soon will: their queues are kept and go on by themselves once they are reconnected. */
export function PausedAccounts() {
  const w = useWords(words);
  const { feed, session: { operator } } = useSession();
  const queries = useQueryClient();
  const { data } = useQuery({ queryKey: ['channel-accounts'], queryFn: () => get<ChannelAccount[]>('/admin/channel-accounts'), refetchInterval: 30_000 });
  useEffect(() => feed.subscribe((hint) => {
    if (hint.event === 'resync' || hint.change.kind === 'channel_account') void queries.invalidateQueries({ queryKey: ['channel-accounts'] });
  }), [feed, queries]);
  const paused = (data ?? []).filter((account) => account.state === 'paused');
  // Long before a token dies its renewal may fail: then there is time to do something.
  const dying = (data ?? []).filter((account) => account.state === 'connected' && account.token_problem);
  const mayManage = operator.role === 'owner' || operator.platform_admin;
  const line = (testId: string, tone: string, told: string, next: string) => (
    <div role="status" data-testid={testId} className={`flex shrink-0 flex-wrap items-center justify-center gap-x-2 gap-y-0.5 px-4 py-1.5 text-center text-xs font-medium ${tone}`}>
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      <span>{told}</span>
      {mayManage ? <Link to="/channels" className="font-semibold underline underline-offset-2">{next}</Link> : <span className="text-ink-2">{w.askOwner}</span>}
    </div>
  );
  const names = (accounts: ChannelAccount[]) => accounts.map((account) => account.name).join(', ');
  return (
    <>
      {paused.length > 0 && line('paused-accounts', 'bg-bad-soft text-bad', w.paused(names(paused)), w.reconnect)}
      {dying.length > 0 && line('dying-tokens', 'bg-warn-soft text-warn', w.tokenDies(names(dying)), w.newToken)}
    </>
  );
}

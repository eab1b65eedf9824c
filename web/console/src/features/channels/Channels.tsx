import { useQuery } from '@tanstack/react-query';
import { Cable, Plus } from 'lucide-react';
import { useState } from 'react';
import { get } from '@api/client';
import type { ChannelAccount, ChannelSchema } from '@api/schema';
import { useSession } from '@/live/session';
import { Button } from '@/ui/Button';
import { Page } from '@/ui/Page';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { useWords } from '@/ui/words';
import { AccountCard } from './AccountCard';
import { Connect } from './Connect';
import { RemoveAccount } from './RemoveAccount';
import { words } from './words';

export function Channels() {
  const w = useWords(words);
  const { session: { operator } } = useSession();
  const mayManage = operator.role === 'owner' || operator.platform_admin;
  const [connecting, setConnecting] = useState(false);
  const [editing, setEditing] = useState<ChannelAccount | null>(null);
  const [removing, setRemoving] = useState<ChannelAccount | null>(null);
  const accounts = useQuery({ queryKey: ['channel-accounts'], queryFn: () => get<ChannelAccount[]>('/admin/channel-accounts'), refetchInterval: 15_000 });
  const schema = useQuery({ queryKey: ['channel-schema'], queryFn: () => get<ChannelSchema[]>('/admin/channel-accounts/schema'), staleTime: Infinity });
  const error = accounts.error ?? schema.error;
  const schemaOf = (account: ChannelAccount) => schema.data?.find((channel) => channel.channel === account.channel);

  return (
    <Page title={w.title} lead={w.lead} actions={mayManage && <Button tone="primary" data-testid="connect-channel" disabled={!schema.data} onClick={() => setConnecting(true)}><Plus aria-hidden />{w.connect}</Button>}>
      {error ? <Trouble error={error} onRetry={() => { void accounts.refetch(); void schema.refetch(); }} /> : !accounts.data || !schema.data ? <Skeleton rows={3} className="h-28" />
        : accounts.data.length === 0 ? <Empty icon={Cable} title={w.none}>{w.noneWhy}</Empty> : (
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(23rem,100%),1fr))] gap-4 p-5">
            {accounts.data.map((account) => <li key={account.id}><AccountCard account={account} schema={schemaOf(account)} mayManage={mayManage} onEdit={() => setEditing(account)} onRemove={() => setRemoving(account)} /></li>)}
          </ul>
        )}
      {connecting && schema.data && <Connect channels={schema.data} onClose={() => setConnecting(false)} />}
      {editing && schemaOf(editing) && <Connect channels={[schemaOf(editing)!]} account={editing} onClose={() => setEditing(null)} />}
      {removing && <RemoveAccount account={removing} onClose={() => setRemoving(null)} />}
    </Page>
  );
}

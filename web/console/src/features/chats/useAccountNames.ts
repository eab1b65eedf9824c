import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { ChannelAccount } from '@api/schema';

const useAccounts = () => useQuery({ queryKey: ['channel-accounts'], queryFn: () => get<ChannelAccount[]>('/admin/channel-accounts'), staleTime: 60_000 });

/** Whether the network refuses an account, so that what is sent on it waits. */
export function useAccountPaused(): (id: string) => boolean {
  const { data } = useAccounts();
  return (id) => data?.some((account) => account.id === id && account.state === 'paused') ?? false;
}

/** The name of an account by its id; "" until it is known. */
export function useAccountNames(): (id: string) => string {
  const { data } = useAccounts();
  return (id) => data?.find((account) => account.id === id)?.name ?? '';
}

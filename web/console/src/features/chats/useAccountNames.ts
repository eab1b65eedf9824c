import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { ChannelAccount } from '@api/schema';

/** The name of an account by its id; "" until it is known. */
export function useAccountNames(): (id: string) => string {
  const { data } = useQuery({ queryKey: ['channel-accounts'], queryFn: () => get<ChannelAccount[]>('/admin/channel-accounts'), staleTime: 60_000 });
  return (id) => data?.find((account) => account.id === id)?.name ?? '';
}

import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { ChannelAccount } from '@api/schema';
import { useWords } from '@/ui/words';
import { words } from './words';

const nowhere = /^0{8}-/;

export const useAccounts = () =>
  useQuery({ queryKey: ['channel-accounts'], queryFn: () => get<ChannelAccount[]>('/admin/channel-accounts'), staleTime: 60_000 }).data ?? [];

/** An account's name by its id; what belongs to no account of this business says so. */
export function useAccountNames(): (id: string) => string {
  const w = useWords(words);
  const accounts = useAccounts();
  return (id) => accounts.find((account) => account.id === id)?.name ?? (nowhere.test(id) ? w.noAccount : id.slice(0, 8));
}

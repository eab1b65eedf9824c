import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { AgentOfAccount } from '@api/agent';

/** Whether the agent answers on an account; undefined until it is known. */
export function useAgentOn(): (account: string) => boolean | undefined {
  const { data } = useQuery({ queryKey: ['agent', 'accounts'], queryFn: () => get<AgentOfAccount[]>('/admin/agent/accounts'), staleTime: 10_000, refetchInterval: 60_000 });
  return (account) => data?.find((one) => one.account_id === account)?.enabled;
}

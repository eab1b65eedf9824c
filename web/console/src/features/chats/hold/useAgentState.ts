import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { get } from '@api/client';
import type { AgentState } from '@api/agent';
import { useSession } from '@/live/session';

/** What the agent does with a chat, told anew whenever the chat changes; polled faster while something is about to happen. */
export function useAgentState(conversationId: string): AgentState | undefined {
  const { feed } = useSession();
  const queries = useQueryClient();
  const { data } = useQuery({
    queryKey: ['agent-state', conversationId], staleTime: 0,
    queryFn: () => get<AgentState>(`/admin/conversations/${conversationId}/agent`),
    refetchInterval: ({ state }) => (state.data?.state === 'thinking' || state.data?.state === 'due' ? 1_500 : 15_000),
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = feed.subscribe((hint) => {
      if (hint.event === 'change' && hint.change.conversation_id !== conversationId) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        for (const key of ['agent-state', 'override-history', 'conversation']) void queries.invalidateQueries({ queryKey: [key, conversationId] });
      }, 60);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [feed, queries, conversationId]);
  return data;
}

import { useQuery } from '@tanstack/react-query';
import { get } from '@api/client';
import type { ChatSummary, ConversationDetail } from '@api/schema';
import { useNow } from '@/ui/time';

const hour = 3_600_000;

export interface ReplyWindow {
  /** Milliseconds in which a person may still answer freely; null: no limit. */
  left: number | null;
  /** When it ends; null: never, or it has not begun. */
  until: number | null;
  closed: boolean;
  /** Whether approved templates may be sent. */
  templates: boolean;
  neverWrote: boolean;
  detail: ConversationDetail | undefined;
}

/** How long free text is allowed in a chat, by the second when it becomes urgent. Opens again by itself when the customer writes. */
export function useReplyWindow(chat: ChatSummary | undefined): ReplyWindow {
  const { data: detail } = useQuery({
    queryKey: ['conversation', chat?.id, 'reply', chat?.window_expires_at], enabled: chat !== undefined, placeholderData: (before) => before,
    queryFn: () => get<ConversationDetail>(`/admin/conversations/${chat!.id}`),
  });
  const reply = detail && detail.id === chat?.id ? detail.reply : undefined;
  const expires = chat?.window_expires_at ?? null;
  // People may have longer than the agent; the list tells only when the agent's time ends.
  const longer = reply?.people_until && reply.expires_at ? Date.parse(reply.people_until) - Date.parse(reply.expires_at) : 0;
  const until = expires === null ? null : Date.parse(expires) + longer;
  const coarse = useNow(15_000);
  const fine = useNow(until !== null && until - coarse < hour ? 1000 : 0);
  const now = Math.max(coarse, fine);
  const left = until === null ? null : until - now;
  return {
    left, until, closed: left === null ? reply?.windowed === true : left <= 0,
    templates: reply?.templates ?? false, neverWrote: left === null && reply?.windowed === true, detail,
  };
}

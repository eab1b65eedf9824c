import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, post } from '@api/client';
import type { ChatSummary, ConversationDetail, HumanOverride } from '@api/schema';
import { useSession } from '@/live/session';
import { usePreferences } from '@/ui/preferences';
import { when } from '@/ui/time';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from './words';

/** Who has a chat, as far as it is known. */
export interface Hold {
  locked: boolean;
  mine: boolean;
  /** "" for somebody outside this console. */
  by: string;
  why: ConversationDetail['why'];
  since: string | null;
  until: string | null;
}

export function useHold(chat: ChatSummary): Hold {
  const { session } = useSession();
  const { data: detail } = useQuery({
    queryKey: ['conversation', chat.id, chat.is_locked, chat.held_by],
    queryFn: () => get<ConversationDetail>(`/admin/conversations/${chat.id}`),
  });
  const known = detail?.is_locked === chat.is_locked ? detail : undefined;
  return {
    locked: chat.is_locked,
    mine: chat.is_locked && (known?.held_by_id ? known.held_by_id === session.operator.id : chat.held_by === session.operator.name),
    by: chat.held_by ?? '', why: known?.why ?? null, since: known?.held_since ?? null, until: known?.held_until ?? null,
  };
}

export interface Override {
  busy: boolean;
  /** @param until When the agent gets it back by itself; null: when somebody hands it back. */
  take: (until?: Date | null, fromOther?: boolean) => Promise<void>;
  handBack: (note?: string) => Promise<void>;
  request: (reason: string) => Promise<void>;
  /** Hands the chat to whoever asked for it. */
  give: (name: string) => Promise<void>;
}

/** Taking a chat, giving it back, asking its holder for it. */
export function useOverride(conversationId: string, onChange: (change: Partial<ChatSummary>) => void): Override {
  const w = useWords(words);
  const { language } = usePreferences();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);

  const doing = async (work: () => Promise<void>) => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
      for (const key of ['conversation', 'agent-state', 'override-history', 'diagnosis']) void queries.invalidateQueries({ queryKey: [key, conversationId] });
    }
  };
  const set = async (body: Record<string, unknown>) => {
    const answer = await post<HumanOverride>(`/admin/conversations/${conversationId}/human-override`, body);
    onChange({ is_locked: answer.locked, held_by: answer.held_by ?? null });
    return answer;
  };

  const take: Override['take'] = (until = null, fromOther = false) => doing(async () => {
    const answer = await set({ locked: true, ...(until ? { until: until.toISOString() } : {}), ...(fromOther ? { take_over: true } : {}) });
    toast({ title: fromOther ? w.takenFrom : answer.until ? w.takenUntil(when(answer.until, language)) : w.taken, action: fromOther ? undefined : { label: w.undo, run: () => void handBack() } });
  });
  const handBack: Override['handBack'] = (note = '') => doing(async () => {
    await set({ locked: false, ...(note.trim() ? { note: note.trim() } : {}) });
    toast({ title: w.handedBack, action: { label: w.undo, run: () => void take() } });
  });
  const request: Override['request'] = (reason) => doing(async () => {
    await post(`/admin/conversations/${conversationId}/request`, reason.trim() ? { reason: reason.trim() } : {});
    toast({ title: w.requested });
  });
  const give: Override['give'] = (name) => doing(async () => {
    await set({ locked: true, to_requester: true });
    toast({ title: w.given(name) });
  });
  return { busy, take, handBack, request, give };
}

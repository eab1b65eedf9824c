import { MessagesSquare } from 'lucide-react';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { get } from '@api/client';
import type { ChatSummary, ConversationDetail } from '@api/schema';
import { unseen } from '@/live/alerts';
import { Boundary } from '@/ui/Boundary';
import { useKeys } from '@/ui/keys';
import { preferences, usePreferences } from '@/ui/preferences';
import { go } from '@/ui/route';
import { Empty } from '@/ui/States';
import { useWords } from '@/ui/words';
import { titled } from './Alerts';
import { ContactPanel } from './contact/ContactPanel';
import type { Desk } from './desk';
import type { ChatFilter } from './list/chatList';
import { ListPane } from './list/ListPane';
import { ChatPane } from './thread/ChatPane';
import { TracePanel } from './trace/TracePanel';
import { words } from './words';

/** The inbox. Wide screens show list, chat and details side by side; a phone shows one of them at a time. */
export function Chats({ desk, chatId, page, place }: { desk: Desk; chatId: string | null; page: string | null; place: string | null }) {
  const w = useWords(words);
  const { details } = usePreferences();
  const [filter, setFilter] = useState<ChatFilter>({ human: 'all', channel: '', q: '' });
  const list = desk.chats(filter);
  const { rows } = useSyncExternalStore(list.subscribe, list.getSnapshot);
  const conversation = chatId ? desk.conversation(chatId) : null;
  const { chat, setKnown } = useOpenChat(chatId, rows);

  useEffect(() => desk.watchList(list), [desk, list]);
  useEffect(() => {
    desk.watchConversation(conversation);
    return () => desk.watchConversation(null);
  }, [desk, conversation]);

  useEffect(() => {
    document.title = titled(`${chat?.display_name || w.chats} · Chat Operator`, unseen.get());
  }, [chat?.display_name, w.chats]);

  const step = (by: number) => {
    const at = rows.findIndex((row) => row.id === chatId);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next) go(`/chats/${next.id}`);
  };
  /** The chat that has waited longest for somebody to read it. */
  const nextUnread = () => {
    const next = rows.findLast((row) => row.unread_count > 0 && row.id !== chatId);
    if (next) go(`/chats/${next.id}`);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    u: () => nextUnread(),
    '/': () => document.getElementById('chat-search')?.focus(),
    d: () => preferences.set({ details: !details }),
  });

  const showDetails = useCallback(() => {
    // On a phone the details are a page of their own, with its own step back.
    if (matchMedia('(min-width: 80rem)').matches) preferences.set({ details: !preferences.get().details });
    else go(location.pathname.endsWith('/details') ? `/chats/${chatId}` : `/chats/${chatId}/details`);
  }, [chatId]);
  const patch = useCallback((change: Partial<ChatSummary>) => {
    if (!chatId) return;
    list.patch(chatId, change);
    setKnown((known) => known && known.id === chatId ? { ...known, ...change } : known);
  }, [list, chatId, setKnown]);
  const refresh = useCallback(() => desk.refreshList(), [desk]);
  const detailsPage = page === 'details';
  const traced = page === 'trace' ? place : null;
  const asPage = detailsPage || traced !== null;

  return (
    <div className="flex h-full min-w-0 flex-1">
      <h1 className="sr-only">{w.chats}</h1>
      <div className={`h-full w-full shrink-0 border-r border-line lg:w-[22.5rem] ${chatId ? 'max-lg:hidden' : ''}`}>
        <Boundary><ListPane list={list} filter={filter} onFilter={setFilter} onRefresh={refresh} activeId={chatId} /></Boundary>
      </div>
      <div className={`h-full min-w-0 flex-1 ${chatId && !asPage ? '' : chatId ? 'max-xl:hidden' : 'max-lg:hidden'}`}>
        {conversation
          ? <Boundary key={conversation.id}><ChatPane conversation={conversation} chat={chat} onPatch={patch} onRefresh={refresh} onDetails={showDetails} details={details} traced={traced && /^\d+$/.test(traced) ? Number(traced) : null} /></Boundary>
          : <div className="grid h-full bg-canvas"><Empty icon={MessagesSquare} title={w.pick}>{w.pickWhy}</Empty></div>}
      </div>
      {chatId && traced !== null && (
        <div className="h-full border-l border-line max-xl:flex-1 xl:w-[27rem] xl:shrink-0"><Boundary><TracePanel id={traced} onClose={() => go(`/chats/${chatId}`)} /></Boundary></div>
      )}
      {chat && traced === null && (details || detailsPage) && (
        <div className={`h-full border-l border-line xl:w-80 xl:shrink-0 ${detailsPage ? 'max-xl:flex-1' : 'max-xl:hidden'} ${details ? '' : 'xl:hidden'}`}>
          <Boundary><ContactPanel chat={chat} onClose={showDetails} /></Boundary>
        </div>
      )}
    </div>
  );
}

/**
 * The row of the open chat: from the list while it is there; kept after it has left the filter (a hand-over while "Human"
 * is shown); asked for by id when a link leads to a chat far down the list.
 */
function useOpenChat(id: string | null, rows: readonly ChatSummary[]) {
  const [known, setKnown] = useState<ChatSummary>();
  const listed = rows.find((row) => row.id === id);
  const chat = listed ?? (known?.id === id ? known : undefined);
  useEffect(() => {
    if (listed) setKnown(listed);
  }, [listed]);
  useEffect(() => {
    if (!id || chat) return;
    const asking = new AbortController();
    // Waits a moment: usually the list is just being read.
    const timer = setTimeout(() => {
      get<ConversationDetail>(`/admin/conversations/${id}`, { signal: asking.signal }).then((detail) => setKnown(rowOf(detail)), () => {});
    }, 400);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [id, chat]);
  return { chat, setKnown };
}

const rowOf = (detail: ConversationDetail): ChatSummary => ({
  ...detail, customer_phone: detail.contact.phone, display_name: detail.contact.display_name, timestamp: detail.last_message_at, platform_origin: detail.account.id, last_message_author: 'contact', last_message_by: null, last_message_by_id: null,
});

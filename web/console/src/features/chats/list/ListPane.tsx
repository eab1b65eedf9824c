import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowUp, SearchX } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { useSession } from '@/live/session';
import { Button } from '@/ui/Button';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { useNow } from '@/ui/time';
import { useWords } from '@/ui/words';
import { useAccountNames } from '../useAccountNames';
import { useAgentOn } from '../useAgentOn';
import { words } from '../words';
import type { ChatFilter, ChatList } from './chatList';
import { Filters } from './Filters';
import { FirstSteps } from './FirstSteps';
import { ChatRow, rowHeight } from './row';
import { useHeldOrder } from './useHeldOrder';

interface ListPaneProps {
  list: ChatList;
  filter: ChatFilter;
  onFilter: (filter: ChatFilter) => void;
  onRefresh: () => void;
  activeId: string | null;
}

const noFilter: ChatFilter = { human: 'all', channel: '', q: '' };

export function ListPane({ list, filter, onFilter, onRefresh, activeId }: ListPaneProps) {
  const w = useWords(words);
  const now = useNow(15_000);
  const accounts = useAccountNames();
  const agentOn = useAgentOn();
  const { session } = useSession();
  const view = useSyncExternalStore(list.subscribe, list.getSnapshot);
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, moved, hold, release } = useHeldOrder(view.rows);
  const virtual = useVirtualizer({
    count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 6,
    getItemKey: (index) => rows[index]!.id,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;

  useEffect(() => {
    if (view.more && lastShown >= rows.length - 8) void list.loadMore();
  }, [list, view.more, lastShown, rows.length]);

  useKeepPlace(scroller, rows.map((row) => row.id));

  const filtered = filter.q !== '' || filter.human !== 'all' || filter.channel !== '';
  return (
    <section aria-label={w.chats} className="pane relative h-full">
      <Filters filter={filter} onFilter={onFilter} />
      {view.phase === 'loading' && <Skeleton rows={9} className="h-14" />}
      {view.phase === 'failed' && <Trouble error={view.error} onRetry={onRefresh} />}
      {view.phase === 'ready' && rows.length === 0 && (filtered
        ? <Empty icon={SearchX} title={w.nothingFound}>{w.nothingFoundWhy}<br /><Button small className="mt-3" onClick={() => onFilter(noFilter)}>{w.clearFilters}</Button></Empty>
        : <FirstSteps />)}
      {moved > 0 && (
        <button type="button" onClick={() => { release(); scroller.current?.scrollTo({ top: 0, behavior: 'smooth' }); }}
          className="arrive absolute top-28 left-1/2 z-10 flex -translate-x-1/2 items-center gap-1.5 rounded-full bg-accent px-3 py-1 text-xs font-medium text-accent-ink shadow-float">
          <ArrowUp aria-hidden className="size-3.5" />{w.newer(moved)}
        </button>
      )}
      <div
        ref={scroller} id="chat-list" tabIndex={-1} onPointerEnter={hold} onPointerLeave={release}
        className={`min-h-0 flex-1 overflow-y-auto overscroll-contain ${rows.length === 0 ? 'hidden' : ''}`}
      >
        <ul aria-label={w.chats} className="relative" style={{ height: virtual.getTotalSize() }}>
          {shown.map((item) => {
            const chat = rows[item.index]!;
            return (
              <li
                key={item.key} aria-setsize={view.more ? -1 : rows.length} aria-posinset={item.index + 1}
                className={`absolute inset-x-0 border-b border-line ${(virtual.scrollOffset ?? 0) < 4 ? "transition-transform duration-200" : ""}`}
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                <ChatRow chat={chat} account={accounts(chat.platform_origin)} agentOn={agentOn(chat.platform_origin)} me={session.operator.id} active={chat.id === activeId} now={now} />
              </li>
            );
          })}
        </ul>
      </div>
    </section>
  );
}

/** Scrolled down, rows that move in above must not push what is being read. */
function useKeepPlace(scroller: React.RefObject<HTMLDivElement | null>, ids: string[]) {
  const before = useRef<{ ids: string[]; top: number }>({ ids: [], top: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const { ids: old } = before.current;
    const first = Math.floor(element.scrollTop / rowHeight);
    const anchor = old[first];
    if (element.scrollTop > 4 && anchor && ids[first] !== anchor) {
      const at = ids.indexOf(anchor);
      if (at >= 0) element.scrollTop += (at - first) * rowHeight;
    }
    before.current = { ids, top: element.scrollTop };
  });
}

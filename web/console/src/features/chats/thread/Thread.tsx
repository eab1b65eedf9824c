import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, MessagesSquare } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Boundary } from '@/ui/Boundary';
import { usePreferences } from '@/ui/preferences';
import { Empty } from '@/ui/States';
import { dayName } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from '../words';
import type { ThreadActions } from './actions';
import { Bubble } from './Bubble';
import type { Conversation, ConversationView } from './conversation';
import { itemsOf, type Item } from './items';
import { UnsentBubble } from './UnsentBubble';
import { useJump, type Jump } from './useJump';

interface ThreadProps {
  conversation: Conversation;
  jump: Jump | null;
  onMissing: () => void;
  /** The message whose trace is open. */
  traced: number | null;
  view: ConversationView;
  actions: ThreadActions;
  /** Called when the newest message is really on the screen. */
  onSeen: () => void;
}

const nearEnd = 96;

export function Thread({ conversation, view, actions, onSeen, jump, onMissing, traced }: ThreadProps) {
  const w = useWords(words);
  const scroller = useRef<HTMLDivElement>(null);
  const items = useMemo(() => itemsOf(view.messages, view.unsent, view.unreadFrom), [view.messages, view.unsent, view.unreadFrom]);
  const virtual = useVirtualizer({
    count: items.length, getScrollElement: () => scroller.current, getItemKey: (index) => items[index]!.key,
    estimateSize: (index) => (items[index]!.kind === 'message' ? 64 : 44), overscan: 10,
    // Messages that come in above leave what is being read in place; at the end the thread follows what is new.
    anchorTo: 'end', followOnAppend: true, scrollEndThreshold: nearEnd, paddingStart: 12, paddingEnd: 12,
  });
  const lit = useJump(jump, conversation, items, virtual, onMissing);
  const [atEnd, setAtEnd] = useState(true);
  const lastSeen = useRef(0);
  const newest = view.messages.at(-1)?.id ?? 0;

  // Opening starts at the end, or at the divider when much is unread.
  const placed = useRef(false);
  useEffect(() => {
    if (placed.current || items.length === 0) return;
    placed.current = true;
    if (jump) return;
    const divider = items.findIndex((item) => item.kind === 'unread');
    if (divider >= 0 && items.length - divider > 8) virtual.scrollToIndex(divider, { align: 'start' });
    else virtual.scrollToIndex(items.length - 1, { align: 'end' });
  });

  // Our own words bring the end into view wherever we were.
  const unsentCount = view.unsent.length;
  const unsentBefore = useRef(unsentCount);
  useEffect(() => {
    if (unsentCount > unsentBefore.current) virtual.scrollToIndex(items.length - 1, { align: 'end' });
    unsentBefore.current = unsentCount;
  }, [unsentCount, items.length, virtual]);

  useEffect(() => {
    if (!atEnd) return;
    lastSeen.current = newest;
    if (document.visibilityState === 'visible') onSeen();
  }, [atEnd, newest, onSeen]);

  const scrolled = () => {
    const element = scroller.current!;
    setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd);
    if (element.scrollTop < 600) void conversation.loadOlder();
  };
  const missed = atEnd ? 0 : view.messages.filter((message) => message.id > lastSeen.current && message.sender === 'user').length;

  return (
    <div className="relative min-h-0 flex-1 bg-canvas">
      <div ref={scroller} id="thread" data-testid="thread" role="log" aria-live="polite" aria-relevant="additions" aria-label={w.messages} tabIndex={0} onScroll={scrolled} className="h-full overflow-y-auto overscroll-contain -outline-offset-2">
        {view.loadingOlder && <p role="status" className="absolute inset-x-0 top-2 z-10 mx-auto w-fit rounded-full bg-surface px-3 py-1 text-xs text-ink-2 shadow-lift">{w.loadingOlder}</p>}
        {items.length === 0 && <div className="grid h-full"><Empty icon={MessagesSquare} title={w.noMessages} /></div>}
        <div className="relative mx-auto max-w-4xl" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((slot) => (
            <div key={slot.key} data-index={slot.index} ref={virtual.measureElement} className="absolute inset-x-0" style={{ transform: `translateY(${slot.start}px)` }}>
              <Boundary of="line"><Line item={items[slot.index]!} actions={actions} lit={lit} traced={traced} /></Boundary>
            </div>
          ))}
        </div>
      </div>
      {!atEnd && (
        <button type="button" onClick={() => virtual.scrollToIndex(items.length - 1, { align: 'end' })} aria-label={missed > 0 ? w.latestNew(missed) : w.latest}
          className="arrive absolute right-5 bottom-4 flex h-9 min-w-9 items-center justify-center gap-1.5 rounded-full border border-line bg-surface px-2 text-xs font-semibold text-accent shadow-float">
          {missed > 0 && <span className="nums pl-1">{missed}</span>}<ArrowDown aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
}

function Line({ item, actions, lit, traced }: { item: Item; actions: ThreadActions; lit: number | null; traced: number | null }) {
  const w = useWords(words);
  const { language } = usePreferences();
  switch (item.kind) {
    case 'day':
      return <p className="py-3 text-center"><span className="rounded-full border border-line bg-surface px-3 py-1 text-2xs font-medium text-ink-2">{dayName(item.at, language, Date.now())}</span></p>;
    case 'unread':
      return <p className="flex items-center gap-3 px-4 py-3 text-2xs font-semibold text-accent before:h-px before:flex-1 before:bg-accent/40 after:h-px after:flex-1 after:bg-accent/40">{w.newMessages}</p>;
    case 'unsent':
      return <UnsentBubble item={item} actions={actions} />;
    default:
      return <Bubble item={item} actions={actions} lit={item.message.id === lit} traced={item.message.id === traced} />;
  }
}

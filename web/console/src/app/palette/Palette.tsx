import { Close, Content, Portal, Root, Title } from '@radix-ui/react-dialog';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CornerDownLeft, Search, X } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { get } from '@api/client';
import type { ChatSummary } from '@api/schema';
import { ChannelMark } from '@/ui/ChannelMark';
import { useOffered } from '@/ui/commands';
import { go } from '@/ui/route';
import { useWords } from '@/ui/words';
import { found } from './found';
import { usePages } from './pages';
import { words } from './words';

interface Entry {
  id: string;
  group: string;
  label: string;
  /** A second line, or a key. */
  note?: string;
  source?: string;
  run: () => void;
}

/** One box for everything: what can be done here, every page, and every chat by name, number or words. */
export function Palette({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const ids = useId();
  const q = useLate(typed.trim(), 150);
  const offered = useOffered();
  const pages = usePages();
  const chats = useQuery({
    queryKey: ['palette', q], enabled: q !== '', placeholderData: keepPreviousData, staleTime: 10_000,
    queryFn: ({ signal }) => get<ChatSummary[]>('/admin/chats/summary', { query: { q, limit: 8 }, signal }),
  });

  const entries = useMemo<Entry[]>(() => [
    ...offered.filter((one) => found(one.label, typed)).map((one) => ({ ...one, group: w.actions, note: one.hint })),
    ...(q === '' ? [] : (chats.data ?? []).map((chat) => ({
      id: chat.id, group: w.chats, label: chat.display_name || chat.customer_phone || w.unknown, note: chat.last_message, source: chat.channel_source, run: () => go(`/chats/${chat.id}`),
    }))),
    ...pages.filter((one) => found(one.label, typed)).map((one) => ({ ...one, group: w.pages })),
  ], [offered, pages, chats.data, typed, q, w]);
  const chosen = Math.min(at, entries.length - 1);

  useEffect(() => setAt(0), [typed]);
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    // After the window has given the focus back, so that an action may take it.
    setTimeout(entry.run);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setAt((chosen + step + entries.length) % Math.max(1, entries.length));
    else if (event.key === 'Enter') run(entries[chosen]);
    else return;
    event.preventDefault();
  };

  return (
    <Root open onOpenChange={(open) => !open && onClose()}>
      <Portal>
        <div aria-hidden className="fixed inset-0 z-40 bg-shade" />
        <Content aria-describedby={undefined} data-testid="palette" className="arrive fixed inset-x-0 top-[12dvh] z-50 mx-auto flex max-h-[70dvh] w-[min(40rem,calc(100vw-1.5rem))] flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-float outline-none">
          <Title className="sr-only">{w.title}</Title>
          <div className="flex shrink-0 items-center gap-3 border-b border-line px-4">
            <Search aria-hidden className="size-4.5 shrink-0 text-ink-3" />
            <input
              autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} onKeyDown={press} placeholder={w.place} aria-label={w.title} data-testid="palette-input"
              role="combobox" aria-expanded aria-controls={`${ids}-list`} aria-activedescendant={entries.length > 0 ? `${ids}-${chosen}` : undefined} aria-autocomplete="list"
              className="h-13 min-w-0 flex-1 bg-transparent text-base outline-none placeholder:text-ink-3"
            />
            <Close aria-label={w.close} className="rounded-md p-1 text-ink-2 hover:bg-surface-3"><X aria-hidden className="size-4" /></Close>
          </div>
          <ul ref={list} id={`${ids}-list`} role="listbox" aria-label={w.title} className="min-h-0 flex-1 overflow-y-auto p-1.5">
            {entries.map((entry, index) => (
              <li key={`${entry.group}-${entry.id}`} role="presentation">
                {entry.group !== entries[index - 1]?.group && <p aria-hidden className="px-2.5 pt-2.5 pb-1 text-2xs font-semibold text-ink-3">{entry.group}</p>}
                <div
                  id={`${ids}-${index}`} role="option" aria-selected={index === chosen} onPointerMove={() => setAt(index)} onClick={() => run(entry)}
                  className={`flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-1.5 ${index === chosen ? 'bg-accent-soft' : ''}`}
                >
                  {entry.source && <ChannelMark source={entry.source} className="size-4 shrink-0" />}
                  <span className="max-w-[60%] shrink-0 truncate text-sm font-medium">{entry.label}</span>
                  {entry.source ? <span className="truncate text-xs text-ink-2">{entry.note}</span> : entry.note && <kbd className="ml-auto rounded border border-line-strong px-1.5 font-sans text-2xs text-ink-2">{entry.note}</kbd>}
                  {index === chosen && entry.source && <CornerDownLeft aria-hidden className="ml-auto size-3.5 shrink-0 text-ink-3" />}
                </div>
              </li>
            ))}
          </ul>
          {entries.length === 0 && <p role="status" className="px-4 pb-5 text-center text-sm text-ink-2">{chats.isFetching ? w.searching : w.nothing}</p>}
        </Content>
      </Portal>
    </Root>
  );
}

/** A value once it has stood still. */
function useLate<T>(value: T, ms: number): T {
  const [late, setLate] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return late;
}

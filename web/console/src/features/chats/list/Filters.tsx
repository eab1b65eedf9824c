import { Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ChannelSource } from '@api/schema';
import { channelLook, channelSources } from '@/ui/ChannelMark';
import { Segments } from '@/ui/Segments';
import { useWords } from '@/ui/words';
import { words } from '../words';
import type { ChatFilter } from './chatList';

/** Search and filters. Typing waits a moment before it asks the server. */
export function Filters({ filter, onFilter }: { filter: ChatFilter; onFilter: (filter: ChatFilter) => void }) {
  const w = useWords(words);
  const [typed, setTyped] = useState(filter.q);
  useEffect(() => setTyped(filter.q), [filter.q]);
  useEffect(() => {
    if (typed === filter.q) return;
    const timer = setTimeout(() => onFilter({ ...filter, q: typed }), 250);
    return () => clearTimeout(timer);
  }, [typed, filter, onFilter]);

  const who = [['all', w.all], ['human_only', w.human], ['bot_only', w.agent]] as const;
  return (
    <div className="grid shrink-0 gap-2 border-b border-line p-3">
      <div className="relative">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-3" />
        <input
          id="chat-search" type="search" value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={w.search} aria-label={w.search}
          onKeyDown={(event) => { if (event.key === 'Escape') { setTyped(''); event.currentTarget.blur(); } }}
          className="input border-transparent bg-surface-3 pr-9 pl-9 [&::-webkit-search-cancel-button]:hidden"
        />
        {typed && <button type="button" aria-label={w.clear} onClick={() => setTyped('')} className="absolute top-1.5 right-1.5 rounded-md p-1 text-ink-2 hover:bg-line"><X aria-hidden className="size-4" /></button>}
      </div>
      <div className="flex items-center gap-2">
        <Segments label={w.filterHuman} value={filter.human} choices={who} onChange={(human) => onFilter({ ...filter, human })} testId="filter" />
        <select
          aria-label={w.filterChannel} value={filter.channel} data-testid="filter-channel" onChange={(event) => onFilter({ ...filter, channel: event.target.value as ChannelSource | '' })}
          className={`ml-auto h-8 min-w-0 rounded-lg border-transparent px-2 text-xs font-medium ${filter.channel ? 'bg-accent-soft text-accent' : 'bg-surface-3 text-ink-2'}`}
        >
          <option value="">{w.everyChannel}</option>
          {channelSources.map((source) => <option key={source} value={source}>{channelLook(source).name}</option>)}
        </select>
      </div>
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { BookOpen, FileText, FlaskConical, MessageCircleQuestion, Plus, Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { get } from '@api/client';
import type { KnowledgeItem } from '@api/agent';
import { Button } from '@/ui/Button';
import { usePreferences } from '@/ui/preferences';
import { Segments } from '@/ui/Segments';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { short, useNow } from '@/ui/time';
import { useWords } from '@/ui/words';
import { Editor } from './Editor';
import { TrySearch } from './TrySearch';
import { words } from './words';

type Kind = 'all' | 'article' | 'question';

/** What is on the right: the search as the agent would do it, one entry, or a new one. */
type Place = { kind: 'try' } | { kind: 'item'; id: string } | { kind: 'new'; of: KnowledgeItem['kind'] };

export const titleOf = (item: KnowledgeItem) => item.title || item.question || '…';

/** What the agent knows: articles and questions with their answers, and a search that shows what it would find. */
export function Knowledge({ mayManage }: { mayManage: boolean }) {
  const w = useWords(words);
  const [typed, setTyped] = useState('');
  const [q, setQ] = useState('');
  const [kind, setKind] = useState<Kind>('all');
  const [place, setPlace] = useState<Place | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), 200);
    return () => clearTimeout(timer);
  }, [typed]);
  const { data, error, refetch } = useQuery({
    queryKey: ['knowledge', q], placeholderData: (before) => before,
    queryFn: () => get<KnowledgeItem[]>('/admin/knowledge', { query: { q } }),
  });
  const rows = data?.filter((item) => kind === 'all' || item.kind === kind);
  const item = place?.kind === 'item' ? data?.find((candidate) => candidate.id === place.id) : undefined;

  return (
    <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] lg:grid-cols-[22rem_minmax(0,1fr)]">
      <section aria-label={w.list} className={`flex min-h-0 flex-col border-line lg:border-r ${place ? 'max-lg:hidden' : ''}`}>
        <div className="grid shrink-0 gap-2 border-b border-line p-3">
          <div className="relative">
            <Search aria-hidden className="pointer-events-none absolute top-2.5 left-3 size-4 text-ink-3" />
            <input type="search" value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={w.find} aria-label={w.find} className="input border-transparent bg-surface-3 pl-9" />
          </div>
          {mayManage && (
            <div className="grid grid-cols-2 gap-2">
              <Button small data-testid="add-question" onClick={() => setPlace({ kind: 'new', of: 'question' })}><Plus aria-hidden />{w.newQuestion}</Button>
              <Button small data-testid="add-article" onClick={() => setPlace({ kind: 'new', of: 'article' })}><Plus aria-hidden />{w.newArticle}</Button>
            </div>
          )}
          <div className="flex items-center justify-between gap-2">
            <Segments label={w.which} value={kind} onChange={setKind} choices={[['all', w.all], ['article', w.articles], ['question', w.questions]]} />
            <Button small tone="quiet" title={w.try} data-testid="try" onClick={() => setPlace({ kind: 'try' })}><FlaskConical aria-hidden />{w.tryShort}</Button>
          </div>
        </div>
        {error && !data ? <Trouble error={error} onRetry={() => void refetch()} /> : !rows ? <Skeleton rows={6} className="h-12" />
          : rows.length === 0 ? <Empty icon={BookOpen} title={q || kind !== 'all' ? w.nothingFound : w.none}>{!q && kind === 'all' && w.noneWhy}</Empty> : (
            <ul className="min-h-0 flex-1 overflow-y-auto">
              {rows.map((row) => <li key={row.id}><Row item={row} active={item?.id === row.id} onOpen={() => setPlace({ kind: 'item', id: row.id })} /></li>)}
            </ul>
          )}
      </section>
      <div className={`flex min-h-0 min-w-0 flex-col ${place ? '' : 'max-lg:hidden'}`}>
        {place?.kind === 'new' || item
          ? <Editor key={item?.id ?? `new-${place?.kind === 'new' ? place.of : ''}`} item={item} kind={item?.kind ?? (place as { of: KnowledgeItem['kind'] }).of} mayManage={mayManage} onDone={(saved) => setPlace(saved ? { kind: 'item', id: saved } : null)} />
          : <TrySearch onOpen={(id) => { setTyped(''); setKind('all'); setPlace({ kind: 'item', id }); }} onBack={() => setPlace(null)} />}
      </div>
    </div>
  );
}

function Row({ item, active, onOpen }: { item: KnowledgeItem; active: boolean; onOpen: () => void }) {
  const { language } = usePreferences();
  const now = useNow(60_000);
  const Icon = item.kind === 'article' ? FileText : MessageCircleQuestion;
  return (
    <button type="button" data-testid="knowledge-row" aria-current={active} onClick={onOpen} className={`flex w-full gap-3 border-b border-line px-4 py-3 text-left -outline-offset-2 ${active ? 'bg-accent-soft' : 'hover:bg-surface-2'}`}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2"><span className="truncate text-sm font-medium">{titleOf(item)}</span><time dateTime={item.updated_at} className="nums ml-auto shrink-0 text-2xs text-ink-3">{short(item.updated_at, language, now)}</time></span>
        <span className="line-clamp-2 text-xs text-ink-2">{(item.body ?? item.answer ?? '').replace(/[#*`>]/g, '')}</span>
      </span>
    </button>
  );
}

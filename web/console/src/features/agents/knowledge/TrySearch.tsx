import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, MessageCircleQuestion, SearchX } from 'lucide-react';
import { useState } from 'react';
import { get } from '@api/client';
import type { KnowledgeHit } from '@api/agent';
import { Hit } from '@/story/TurnCard';
import { Button, IconButton } from '@/ui/Button';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { useWords } from '@/ui/words';
import { words } from './words';

/** The search as the agent does it: what a customer's words would find, and whether that is enough to answer. */
export function TrySearch({ onOpen, onBack }: { onOpen: (id: string) => void; onBack: () => void }) {
  const w = useWords(words);
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState('');
  const { data, error, refetch } = useQuery({
    queryKey: ['knowledge-search', asked], enabled: asked !== '',
    queryFn: () => get<KnowledgeHit[]>('/admin/knowledge/search', { query: { q: asked, limit: 6 } }),
  });
  return (
    <section aria-label={w.try} className="flex min-h-0 flex-1 flex-col overflow-y-auto p-4 sm:p-6">
      <div className="mx-auto grid w-full max-w-3xl gap-4">
        <header className="flex items-start gap-2">
          <IconButton label={w.back} className="lg:hidden" onClick={onBack}><ArrowLeft aria-hidden /></IconButton>
          <div><h2 className="text-lg font-semibold tracking-tight">{w.try}</h2><p className="text-sm text-ink-2">{w.tryLead}</p></div>
        </header>
        <form className="flex gap-2" onSubmit={(event) => { event.preventDefault(); setAsked(typed.trim()); }}>
          <input data-testid="try-search" value={typed} onChange={(event) => setTyped(event.target.value)} placeholder={w.tryPlace} aria-label={w.try} className="input" />
          <Button type="submit" tone="primary">{w.search}</Button>
        </form>
        {error ? <Trouble error={error} onRetry={() => void refetch()} /> : asked === '' ? <Empty icon={MessageCircleQuestion} title={w.tryStart} /> : !data ? <Skeleton rows={3} className="h-16" />
          : data.length === 0 ? <Empty icon={SearchX} title={w.nothingFound}>{w.tryNone}</Empty> : (
            <ol className="grid gap-3">
              {data.map((hit, index) => (
                <li key={`${hit.id}${index}`} data-testid="hit" className="rounded-xl border border-line p-3.5">
                  <ul><Hit hit={hit} /></ul>
                  <button type="button" className="mt-1.5 text-xs font-medium text-accent underline-offset-2 hover:underline" onClick={() => onOpen(hit.id)}>{w.open}</button>
                </li>
              ))}
            </ol>
          )}
      </div>
    </section>
  );
}

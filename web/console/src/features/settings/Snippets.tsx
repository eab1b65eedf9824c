import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus, TextQuote } from 'lucide-react';
import { useState } from 'react';
import { remove } from '@api/client';
import type { Snippet } from '@api/schema';
import { useSession } from '@/live/session';
import { snippetsKey, useSnippets } from '@/snippets/useSnippets';
import { words } from '@/snippets/words';
import { Button } from '@/ui/Button';
import { Confirm } from '@/ui/Confirm';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { EditSnippet } from './EditSnippet';

export function Snippets() {
  const w = useWords(words);
  const { session } = useSession();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<Snippet | 'new' | null>(null);
  const [removing, setRemoving] = useState<Snippet | null>(null);
  const { data, error, refetch } = useSnippets();
  const mayWrite = session.operator.role !== 'viewer';
  const drop = useMutation({
    mutationFn: (snippet: Snippet) => remove(`/admin/snippets/${snippet.id}`),
    onError: toastProblem,
    onSettled: () => {
      setRemoving(null);
      void queries.invalidateQueries({ queryKey: snippetsKey });
    },
  });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} className="h-14" />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {mayWrite && <Button tone="primary" data-testid="add-snippet" className="justify-self-start" onClick={() => setEditing('new')}><Plus aria-hidden />{w.add}</Button>}
      {data.length === 0 ? <Empty icon={TextQuote} title={w.none}>{w.noneWhy}</Empty> : (
        <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line rounded-2xl border border-line">
          {data.map((snippet) => (
            <li key={snippet.id} data-testid={`snippet-${snippet.name}`} className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3">
              <div className="min-w-0 flex-1 basis-60">
                <p className="truncate font-medium text-accent">/{snippet.name}</p>
                <p className="line-clamp-2 text-sm whitespace-pre-line text-ink-2">{snippet.text}</p>
              </div>
              {mayWrite && (
                <span className="flex gap-2">
                  <Button small aria-label={`${w.edit} /${snippet.name}`} onClick={() => setEditing(snippet)}>{w.edit}</Button>
                  <Button small tone="danger" aria-label={`${w.remove} /${snippet.name}`} onClick={() => setRemoving(snippet)}>{w.remove}</Button>
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {editing && <EditSnippet snippet={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
      {removing && <Confirm title={w.remove} action={w.remove} danger busy={drop.isPending} onConfirm={() => drop.mutate(removing)} onClose={() => setRemoving(null)}><p>{w.removeSure(removing.name)}</p></Confirm>}
    </div>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2, Wrench } from 'lucide-react';
import { useState } from 'react';
import { get, remove } from '@api/client';
import type { AgentTool } from '@api/agent';
import { Button } from '@/ui/Button';
import { Confirm } from '@/ui/Confirm';
import { Tag } from '@/ui/Page';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { ToolEditor } from './ToolEditor';
import { words } from './words';

/** The business's own tools: what the agent may ask or do in other systems. */
export function Tools({ mayManage }: { mayManage: boolean }) {
  const w = useWords(words);
  const queries = useQueryClient();
  const [editing, setEditing] = useState<AgentTool | 'new' | null>(null);
  const [deleting, setDeleting] = useState<AgentTool | null>(null);
  const { data, error, refetch } = useQuery({ queryKey: ['agent-tools'], queryFn: () => get<AgentTool[]>('/admin/agent/tools') });
  const del = useMutation({
    mutationFn: (tool: AgentTool) => remove(`/admin/agent/tools/${tool.id}`),
    onSuccess: () => {
      setDeleting(null);
      toast({ title: w.deleted });
      void queries.invalidateQueries({ queryKey: ['agent-tools'] });
    },
    onError: toastProblem,
  });
  if (error && !data) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} className="h-24" />;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto" tabIndex={0} role="region" aria-label={w.lead}>
      <div className="flex flex-wrap items-center gap-4 px-4 pt-4 sm:px-6">
        <p className="min-w-60 flex-1 text-sm text-ink-2">{mayManage ? w.lead : w.readOnly}</p>
        {mayManage && <Button tone="primary" data-testid="add-tool" onClick={() => setEditing('new')}><Plus aria-hidden />{w.add}</Button>}
      </div>
      {data.length === 0 ? <Empty icon={Wrench} title={w.none}>{w.noneWhy}</Empty> : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(24rem,100%),1fr))] gap-4 p-4 sm:p-6">
          {data.map((tool) => (
            <li key={tool.id} data-testid="tool" className="grid content-start gap-2 rounded-2xl border border-line p-4 shadow-lift">
              <p className="flex items-center gap-2"><Wrench aria-hidden className="size-4 shrink-0 text-agent" /><code className="min-w-0 truncate font-mono text-sm font-semibold">{tool.name}</code>
                <span className="ml-auto flex gap-1">{tool.has_effects && <Tag tone="warn">{w.effects}</Tag>}<Tag tone={tool.enabled ? 'good' : 'plain'}>{tool.enabled ? w.on : w.off}</Tag></span></p>
              <p className="line-clamp-3 text-sm text-ink-2">{tool.description}</p>
              <p className="truncate rounded-lg bg-surface-3 px-2.5 py-1.5 font-mono text-xs"><span className="font-semibold">{tool.method}</span> {tool.url}</p>
              {mayManage && <p className="flex gap-2 pt-1"><Button small data-testid="edit-tool" onClick={() => setEditing(tool)}>{w.edit}</Button><Button small tone="quiet" className="ml-auto" onClick={() => setDeleting(tool)}><Trash2 aria-hidden />{w.del}</Button></p>}
            </li>
          ))}
        </ul>
      )}
      {editing && <ToolEditor tool={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />}
      {deleting && <Confirm title={`${w.del}: ${deleting.name}`} action={w.del} danger busy={del.isPending} onConfirm={() => del.mutate(deleting)} onClose={() => setDeleting(null)}>{w.delSure}</Confirm>}
    </div>
  );
}

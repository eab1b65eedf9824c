import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { get, patch } from '@api/client';
import type { Operator } from '@api/schema';
import { useSession } from '@/live/session';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { Tag } from '@/ui/Page';
import { Skeleton, Trouble } from '@/ui/States';
import { toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { AddOperator } from './AddOperator';
import { roleName } from './roles';
import { words } from './words';

export function Operators() {
  const w = useWords(words);
  const queries = useQueryClient();
  const { session } = useSession();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery({ queryKey: ['operators'], queryFn: () => get<Operator[]>('/admin/operators') });
  const toggle = useMutation({
    mutationFn: (operator: Operator) => patch(`/admin/operators/${operator.id}`, { disabled: !operator.disabled }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['operators'] }),
    onError: toastProblem,
  });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} className="h-12" />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Button tone="primary" data-testid="add-operator" className="justify-self-start" onClick={() => setAdding(true)}><Plus aria-hidden />{w.addOperator}</Button>
      <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line rounded-2xl border border-line">
        {data.map((operator) => (
          <li key={operator.id} className="flex items-center gap-3 px-4 py-3">
            <Avatar name={operator.name} size="size-9" />
            <div className="min-w-0 flex-1"><p className="truncate font-medium">{operator.name}</p><p className="text-xs break-words text-ink-2">{operator.email}</p></div>
            <Tag tone="plain">{roleName(w, operator.role)}</Tag>
            {operator.disabled && <Tag tone="bad">{w.disabled}</Tag>}
            {operator.id === session.operator.id
              ? <span className="px-2.5 text-xs text-ink-3">{w.you}</span>
              : <Button small tone="quiet" onClick={() => toggle.mutate(operator)}>{operator.disabled ? w.enable : w.disable}</Button>}
          </li>
        ))}
      </ul>
      {adding && <AddOperator onClose={() => setAdding(false)} />}
    </div>
  );
}

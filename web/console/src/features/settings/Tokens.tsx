import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import { get, remove } from '@api/client';
import type { Token } from '@api/schema';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Tag } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { ago, useNow } from '@/ui/time';
import { toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { CreateToken } from './CreateToken';
import { roleName } from './roles';
import { words } from './words';

export function Tokens() {
  const w = useWords(words);
  const { language } = usePreferences();
  const now = useNow(60_000);
  const queries = useQueryClient();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const { data, error, refetch } = useQuery({ queryKey: ['tokens'], queryFn: () => get<Token[]>('/admin/tokens') });
  const revoke = useMutation({
    mutationFn: (token: Token) => remove(`/admin/tokens/${token.id}`),
    onSettled: () => {
      setRevoking(null);
      void queries.invalidateQueries({ queryKey: ['tokens'] });
    },
    onError: toastProblem,
  });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={3} className="h-12" />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Button tone="primary" className="justify-self-start" onClick={() => setCreating(true)}><Plus aria-hidden />{w.addToken}</Button>
      {data.length === 0 ? <Empty icon={KeyRound} title={w.noTokens}>{w.noTokensWhy}</Empty> : (
        <ul className="grid grid-cols-[minmax(0,1fr)] divide-y divide-line rounded-2xl border border-line">
          {data.map((token) => (
            <li key={token.id} className="flex items-center gap-3 px-4 py-3">
              <div className="min-w-0 flex-1">
                <p className="truncate font-medium">{token.name}</p>
                <p className="text-xs text-ink-2">{token.created_at && `${w.created} ${ago(token.created_at, language, now)} · `}{w.lastUsed}: {token.last_used_at ? ago(token.last_used_at, language, now) : w.never}</p>
              </div>
              <Tag tone="plain">{roleName(w, token.role)}</Tag>
              {token.revoked_at ? <Tag tone="bad">{w.revoked}</Tag> : <Button small tone="danger" onClick={() => setRevoking(token)}>{w.revoke}</Button>}
            </li>
          ))}
        </ul>
      )}
      {creating && <CreateToken onClose={() => setCreating(false)} />}
      {revoking && (
        <Dialog title={w.revoke} onClose={() => setRevoking(null)}>
          <p>{w.revokeSure(revoking.name)}</p>
          <div className="mt-5 flex justify-end gap-2"><Button onClick={() => setRevoking(null)}>{w.cancel}</Button><Button tone="danger" busy={revoke.isPending} onClick={() => revoke.mutate(revoking)}>{w.revoke}</Button></div>
        </Dialog>
      )}
    </div>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleX } from 'lucide-react';
import { post } from '@api/client';
import type { ChannelAccount, ChannelSchema, ConnectionTest } from '@api/schema';
import { Button } from '@/ui/Button';
import { channelLook, ChannelMark } from '@/ui/ChannelMark';
import { Copyable } from '@/ui/Copyable';
import { Tag } from '@/ui/Page';
import { toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { usePreferences } from '@/ui/preferences';
import { full } from '@/ui/time';
import { words } from './words';

interface AccountCardProps {
  account: ChannelAccount;
  schema: ChannelSchema | undefined;
  mayManage: boolean;
  onEdit: () => void;
  onRemove: () => void;
}

/** Why the network refuses an account, in words. */
const reasonOf = (w: Record<string, unknown>, reason: string | null | undefined) => (w[`why_${reason ?? 'other'}`] ?? w.why_other) as string;

/** One connected account: its state, its webhook, and the test that says what is wrong. */
export function AccountCard({ account, schema, mayManage, onEdit, onRemove }: AccountCardProps) {
  const w = useWords(words);
  const { language } = usePreferences();
  const queries = useQueryClient();
  const source = account.channel_source;
  const disabled = account.state === 'disabled';
  const test = useMutation({ mutationFn: () => post<ConnectionTest>(`/admin/channel-accounts/${account.id}/test`), onError: toastProblem });
  const toggle = useMutation({
    mutationFn: () => post(`/admin/channel-accounts/${account.id}/${disabled ? 'enable' : 'disable'}`),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['channel-accounts'] }),
    onError: toastProblem,
  });
  return (
    <article data-testid="channel-account" className={`grid grid-cols-[minmax(0,1fr)] gap-3 rounded-2xl border border-line border-l-[3px] bg-surface p-4 shadow-lift ${channelLook(source).edge}`}>
      <header className="flex items-center gap-3">
        <ChannelMark source={source} className="size-8" />
        <div className="min-w-0 flex-1"><h2 className="truncate font-semibold">{account.name}</h2><p className="text-xs text-ink-3">{schema?.name ?? account.channel}</p></div>
        {disabled ? <Tag tone="plain">{w.disabled}</Tag> : account.state === 'paused' ? <Tag tone="bad">{w.paused}</Tag> : <Tag tone="good">{w.on}</Tag>}
      </header>
      {account.state === 'paused' && <p className="rounded-lg bg-warn-soft px-3 py-2 text-xs text-warn">{account.state_reason === 'token_expired' ? w.tokenExpired : w.pausedWhy(reasonOf(w, account.state_reason))}</p>}
      {account.token_problem && account.state !== 'paused' && (
        <p data-testid="token-problem" className="rounded-lg bg-warn-soft px-3 py-2 text-xs text-warn">
          <span className="font-semibold">{w.tokenProblem(full(account.token_problem.since, language))}</span> {account.token_problem.message}
          <span className="block text-ink-2">{account.token_problem.next_step}</span>
        </p>
      )}
      {account.embed_code && <div><p className="mb-1 text-xs text-ink-3">{w.embed}</p><Copyable value={account.embed_code} /></div>}
      {account.webhook_url && !account.embed_code && <div><p className="mb-1 text-xs text-ink-3">{w.webhook}</p><Copyable value={account.webhook_url} /></div>}
      {test.data && (
        <p role="status" className={`flex gap-2 rounded-lg px-3 py-2 text-xs ${test.data.ok ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad'}`}>
          {test.data.ok ? <CircleCheck aria-hidden className="size-4 shrink-0" /> : <CircleX aria-hidden className="size-4 shrink-0" />}
          <span>{test.data.detail || w.works}{test.data.fix && <span className="block text-ink-2">{test.data.fix}</span>}</span>
        </p>
      )}
      {mayManage && <footer className="flex flex-wrap gap-2">
        <Button small busy={test.isPending} onClick={() => test.mutate()}>{w.test}</Button>
        <Button small onClick={onEdit}>{w.edit}</Button>
        <Button small tone="quiet" className="ml-auto text-bad" data-testid="remove" onClick={onRemove}>{w.remove}</Button>
        <Button small tone="quiet" className="-mr-1" busy={toggle.isPending} onClick={() => toggle.mutate()}>{disabled ? w.enable : w.disable}</Button>
      </footer>}
    </article>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Building2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { get, post } from '@api/client';
import type { Tenant } from '@api/schema';
import { Button } from '@/ui/Button';
import { Page } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { full } from '@/ui/time';
import { toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { AddOwner } from './AddOwner';
import { words } from './words';

/** The businesses of this installation. Platform administrators only; what they say to their customers stays theirs. */
export function Tenants() {
  const w = useWords(words);
  const { language } = usePreferences();
  const queries = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [ownerOf, setOwnerOf] = useState<Tenant | null>(null);
  const { data, error, refetch } = useQuery({ queryKey: ['tenants'], queryFn: () => get<Tenant[]>('/platform/tenants') });
  const create = useMutation({
    mutationFn: (name: string) => post<Tenant>('/platform/tenants', { name }),
    onSuccess: (tenant) => {
      form.current?.reset();
      void queries.invalidateQueries({ queryKey: ['tenants'] });
      setOwnerOf(tenant);
    },
    onError: toastProblem,
  });
  return (
    <Page title={w.title} lead={w.lead} actions={
      <form ref={form} className="flex gap-2" onSubmit={(event) => { event.preventDefault(); create.mutate(String(new FormData(event.currentTarget).get('name'))); }}>
        <input name="name" required maxLength={100} aria-label={w.name} placeholder={w.name} autoComplete="off" className="input w-56" />
        <Button type="submit" tone="primary" busy={create.isPending}>{w.create}</Button>
      </form>
    }>
      {error ? <Trouble error={error} onRetry={() => void refetch()} /> : !data ? <Skeleton rows={3} className="h-12" /> : data.length === 0 ? <Empty icon={Building2} title={w.none} /> : (
        <ul className="m-4 grid max-w-4xl grid-cols-[minmax(0,1fr)] divide-y sm:m-5 divide-line rounded-2xl border border-line">
          {data.map((tenant) => (
            <li key={tenant.id} className="flex flex-wrap items-center gap-3 px-4 py-3">
              <Building2 aria-hidden className="size-5 shrink-0 text-ink-3" />
              <div className="min-w-[min(100%,14rem)] flex-1"><p className="truncate font-medium">{tenant.name}</p><p className="truncate font-mono text-2xs text-ink-3">{tenant.id}{tenant.created_at && ` · ${full(tenant.created_at, language)}`}</p></div>
              <Button small onClick={() => setOwnerOf(tenant)}>{w.addOwner}</Button>
            </li>
          ))}
        </ul>
      )}
      {ownerOf && <AddOwner tenant={ownerOf} onClose={() => setOwnerOf(null)} />}
    </Page>
  );
}

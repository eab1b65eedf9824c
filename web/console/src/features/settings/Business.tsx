import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { get, put } from '@api/client';
import type { TenantSettings } from '@api/schema';
import { Button } from '@/ui/Button';
import { Switch, TextField } from '@/ui/Field';
import { fieldError, FormProblem } from '@/ui/FormProblem';
import { Skeleton, Trouble } from '@/ui/States';
import { toast } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from './words';

/** What an owner sets for the whole business. */
export function Business() {
  const w = useWords(words);
  const queries = useQueryClient();
  const [form, setForm] = useState<TenantSettings | null>(null);
  const { data, error, refetch } = useQuery({ queryKey: ['tenant-settings'], queryFn: () => get<TenantSettings>('/admin/settings') });
  useEffect(() => setForm((typed) => typed ?? data ?? null), [data]);
  const save = useMutation({
    mutationFn: (wanted: TenantSettings) => put<TenantSettings>('/admin/settings', wanted),
    onSuccess: (saved) => {
      queries.setQueryData(['tenant-settings'], saved);
      setForm(saved);
      toast({ title: w.saved });
    },
  });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!form) return <Skeleton rows={4} className="h-10" />;
  const set = (change: Partial<TenantSettings>) => setForm({ ...form, ...change });
  const days = (name: 'receipt_days' | 'troubled_receipt_days' | 'trace_days' | 'media_days', label: string) => (
    <TextField label={label} type="number" min={1} max={3650} required value={form[name] ?? ''} error={fieldError(save.error, name)} onChange={(event) => set({ [name]: event.target.valueAsNumber })} />
  );
  return (
    <form className="grid max-w-md gap-4" onSubmit={(event) => { event.preventDefault(); save.mutate(form); }}>
      <TextField label={w.businessName} required maxLength={200} value={form.name} error={fieldError(save.error, 'name')} onChange={(event) => set({ name: event.target.value })} />
      <Switch label={w.lockOnReply} checked={form.lock_on_reply} onChange={(checked) => set({ lock_on_reply: checked })} />
      <Switch label={w.sendReadReceipts} checked={form.send_read_receipts} onChange={(checked) => set({ send_read_receipts: checked })} />
      {days('receipt_days', w.receiptDays)}
      {days('troubled_receipt_days', w.troubledReceiptDays)}
      {days('trace_days', w.traceDays)}
      {days('media_days', w.mediaDays)}
      <FormProblem error={save.error} fields={['name', 'receipt_days', 'troubled_receipt_days', 'trace_days', 'media_days']} />
      <Button type="submit" tone="primary" busy={save.isPending} className="justify-self-start">{w.save}</Button>
    </form>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { remove as del } from '@api/client';
import type { ChannelAccount } from '@api/schema';
import { Confirm } from '@/ui/Confirm';
import { toast, toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from './words';

/** Asks before an account goes, and says what goes with it and what stays. */
export function RemoveAccount({ account, onClose }: { account: ChannelAccount; onClose: () => void }) {
  const w = useWords(words);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => del(`/admin/channel-accounts/${account.id}`),
    onSuccess: () => {
      toast({ title: w.removed(account.name) });
      void queries.invalidateQueries();
      onClose();
    },
    onError: toastProblem,
  });
  return (
    <Confirm title={w.removeTitle(account.name)} action={w.removeConfirm} danger busy={remove.isPending} onConfirm={() => remove.mutate()} onClose={onClose}>
      <div data-testid="remove-account" className="grid gap-3">
        <Part title={w.removeGoes} of={[w.goesChats, w.goesQueue, w.goesAgent, w.goesAddress]} tone="text-bad" />
        <Part title={w.removeStays} of={[w.staysContacts, w.staysReceipts, w.staysNetwork]} tone="text-good" />
        <p>{w.removeInstead}</p>
      </div>
    </Confirm>
  );
}

function Part({ title, of, tone }: { title: string; of: string[]; tone: string }) {
  return (
    <section>
      <h3 className={`font-semibold ${tone}`}>{title}</h3>
      <ul className="mt-1 list-disc pl-5">{of.map((line) => <li key={line}>{line}</li>)}</ul>
    </section>
  );
}

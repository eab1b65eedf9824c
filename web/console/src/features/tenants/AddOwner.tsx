import { useMutation } from '@tanstack/react-query';
import { post } from '@api/client';
import type { Tenant } from '@api/schema';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import { toast } from '@/ui/toast';
import { fieldError, FormProblem } from '@/ui/FormProblem';
import { usePasswordRules } from '@/ui/passwordRules';
import { useWords } from '@/ui/words';
import { words } from './words';

export function AddOwner({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const w = useWords(words);
  const rules = usePasswordRules();
  const add = useMutation({
    mutationFn: (form: FormData) => post(`/platform/tenants/${tenant.id}/operators`, { ...Object.fromEntries(form), role: 'owner' }),
    onSuccess: () => {
      toast({ title: w.added });
      onClose();
    },
  });
  return (
    <Dialog title={w.addOwner} description={tenant.name} onClose={onClose}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); add.mutate(new FormData(event.currentTarget)); }}>
        <TextField label={w.person} name="name" error={fieldError(add.error, 'name')} required autoComplete="off" maxLength={100} />
        <TextField label={w.email} name="email" error={fieldError(add.error, 'email')} type="email" required autoComplete="off" />
        <TextField label={w.password} help={rules && w.passwordHelp(rules.shortest)} name="password" error={fieldError(add.error, 'password')} type="password" required minLength={rules?.shortest} maxLength={rules?.longest} autoComplete="new-password" />
        <FormProblem error={add.error} fields={['name', 'email', 'password']} />
        <Button type="submit" tone="primary" busy={add.isPending} className="justify-self-end">{w.add}</Button>
      </form>
    </Dialog>
  );
}

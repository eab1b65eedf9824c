import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '@api/client';
import { Button } from '@/ui/Button';
import { Dialog } from '@/ui/Dialog';
import { Field, TextField } from '@/ui/Field';
import { fieldError, FormProblem } from '@/ui/FormProblem';
import { usePasswordRules } from '@/ui/passwordRules';
import { useWords } from '@/ui/words';
import { roleName, roles } from './roles';
import { words } from './words';

export function AddOperator({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const rules = usePasswordRules();
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: (form: FormData) => post('/admin/operators', Object.fromEntries(form)),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['operators'] });
      onClose();
    },
  });
  return (
    <Dialog title={w.addOperator} onClose={onClose}>
      <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); add.mutate(new FormData(event.currentTarget)); }}>
        <TextField label={w.name} name="name" error={fieldError(add.error, 'name')} required autoComplete="off" maxLength={100} />
        <TextField label={w.email} name="email" error={fieldError(add.error, 'email')} type="email" required autoComplete="off" />
        <TextField label={w.firstPassword} help={rules && w.firstPasswordHelp(rules.shortest)} name="password" error={fieldError(add.error, 'password')} type="password" required minLength={rules?.shortest} maxLength={rules?.longest} autoComplete="new-password" />
        <Field label={w.role}>{(wiring) => <select {...wiring} name="role" className="input">{roles.map((role) => <option key={role} value={role}>{roleName(w, role)}</option>)}</select>}</Field>
        <FormProblem error={add.error} fields={['name', 'email', 'password', 'role']} />
        <Button type="submit" tone="primary" busy={add.isPending} className="justify-self-end">{w.add}</Button>
      </form>
    </Dialog>
  );
}

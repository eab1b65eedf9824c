import { useMutation, useQueryClient } from '@tanstack/react-query';
import { post } from '@api/client';
import { Button } from '@/ui/Button';
import { Copyable } from '@/ui/Copyable';
import { Dialog } from '@/ui/Dialog';
import { Field, TextField } from '@/ui/Field';
import { FormProblem } from '@/ui/FormProblem';
import { useWords } from '@/ui/words';
import { roleName, tokenRoles } from './roles';
import { words } from './words';

export function CreateToken({ onClose }: { onClose: () => void }) {
  const w = useWords(words);
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: (form: FormData) => post<{ token: string }>('/admin/tokens', Object.fromEntries(form)),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['tokens'] }),
  });
  return (
    <Dialog title={w.addToken} onClose={onClose}>
      {create.data ? (
        <div className="grid gap-4"><p>{w.tokenOnce}</p><Copyable value={create.data.token} /><Button tone="primary" className="justify-self-end" onClick={onClose}>{w.done}</Button></div>
      ) : (
        <form className="grid gap-4" onSubmit={(event) => { event.preventDefault(); create.mutate(new FormData(event.currentTarget)); }}>
          <TextField label={w.name} name="name" required autoComplete="off" maxLength={100} />
          <Field label={w.role}>{(wiring) => <select {...wiring} name="role" className="input">{tokenRoles.map((role) => <option key={role} value={role}>{roleName(w, role)}</option>)}</select>}</Field>
          <FormProblem error={create.error} />
          <Button type="submit" tone="primary" busy={create.isPending} className="justify-self-end">{w.create}</Button>
        </form>
      )}
    </Dialog>
  );
}

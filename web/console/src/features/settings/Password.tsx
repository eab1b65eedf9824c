import { useMutation } from '@tanstack/react-query';
import { useRef } from 'react';
import { post } from '@api/client';
import { Button } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { toast } from '@/ui/toast';
import { fieldError, FormProblem } from '@/ui/FormProblem';
import { usePasswordRules } from '@/ui/passwordRules';
import { useWords } from '@/ui/words';
import { words } from './words';

export function Password() {
  const w = useWords(words);
  const rules = usePasswordRules();
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: (data: FormData) => post('/auth/password', Object.fromEntries(data)),
    onSuccess: () => {
      form.current?.reset();
      toast({ title: w.changed });
    },
  });
  return (
    <form ref={form} className="grid max-w-sm gap-4" onSubmit={(event) => { event.preventDefault(); change.mutate(new FormData(event.currentTarget)); }}>
      <TextField label={w.current} name="current_password" error={fieldError(change.error, 'current_password')} type="password" required autoComplete="current-password" />
      <TextField label={w.next} name="new_password" error={fieldError(change.error, 'new_password')} type="password" required minLength={rules?.shortest} maxLength={rules?.longest} autoComplete="new-password" />
      <FormProblem error={change.error} fields={['current_password', 'new_password']} />
      <Button type="submit" tone="primary" busy={change.isPending} className="justify-self-start">{w.change}</Button>
    </form>
  );
}

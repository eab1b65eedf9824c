import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '@api/client';
import type { ChannelAccount, SentMessage, Template } from '@api/schema';
import { FillTemplate } from '@/templates/FillTemplate';
import { prefill } from '@/templates/template';
import { Dialog } from '@/ui/Dialog';
import { Field, TextField } from '@/ui/Field';
import { toast } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from './words';

/** A template to somebody who may never have written: a number, perhaps a name, and the account that writes. */
export function WriteFirst({ template, onClose }: { template: Template; onClose: () => void }) {
  const w = useWords(words);
  const [to, setTo] = useState('');
  const [name, setName] = useState('');
  const [account, setAccount] = useState(template.account_ids[0] ?? '');
  const { data } = useQuery({ queryKey: ['channel-accounts'], queryFn: () => get<ChannelAccount[]>('/admin/channel-accounts') });
  const accounts = (data ?? []).filter((one) => template.account_ids.includes(one.id));
  const ready = to.replace(/\D/g, '').length >= 7 && account !== '';
  const done = (_: SentMessage) => {
    toast({ title: w.sent });
    onClose();
  };
  return (
    <Dialog title={w.send} description={w.sendNote} wide onClose={onClose}>
      <FillTemplate
        template={template} start={prefill(template, { name: '', phone: '' })} onSent={done}
        to={ready ? { to: to.trim(), account_id: account, ...(name.trim() ? { name: name.trim() } : {}) } : null}
        above={<>
          <TextField label={w.to} type="tel" inputMode="tel" required data-testid="write-to" placeholder="+5491155550101" value={to} onChange={(event) => setTo(event.target.value)} />
          <TextField label={w.person} value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
          {accounts.length > 1 && (
            <Field label={w.account}>{(wiring) => (
              <select {...wiring} className="input" value={account} onChange={(event) => setAccount(event.target.value)}>{accounts.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select>
            )}</Field>
          )}
        </>}
      />
    </Dialog>
  );
}

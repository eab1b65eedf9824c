import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { patch, post } from '@api/client';
import type { ChannelAccount, ChannelSchema, Setting } from '@api/schema';
import { Button } from '@/ui/Button';
import { ChannelMark } from '@/ui/ChannelMark';
import { Copyable } from '@/ui/Copyable';
import { Dialog } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import { fieldError, FormProblem } from '@/ui/FormProblem';
import { useWords } from '@/ui/words';
import { SettingField } from './SettingField';
import { settingsOf } from './settings';
import { words } from './words';

/** What has a default can wait behind a fold. */
const isMain = (setting: Setting) => setting.required || setting.default === null;

/** Connects a new account or changes one. The form is drawn from the channel's schema, so a new channel needs no view of its own. */
export function Connect({ channels, account, onClose }: { channels: ChannelSchema[]; account?: ChannelAccount; onClose: () => void }) {
  const w = useWords(words);
  const queries = useQueryClient();
  const [channel, setChannel] = useState<ChannelSchema | null>(account ? channels[0]! : null);
  const save = useMutation({
    mutationFn: (form: FormData) => {
      const body = { name: form.get('name'), settings: settingsOf(form, channel!.settings, account?.settings) };
      return account ? patch<ChannelAccount>(`/admin/channel-accounts/${account.id}`, body) : post<ChannelAccount>('/admin/channel-accounts', { channel: channel!.channel, ...body });
    },
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['channel-accounts'] });
      if (account) onClose();
    },
  });
  const field = (setting: Setting) => (
    <SettingField key={setting.name} setting={setting} value={account?.settings[setting.name] ?? null} secretSet={account?.secrets_set.includes(setting.name) ?? false} error={fieldError(save.error, setting.name)} />
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    save.mutate(new FormData(event.currentTarget));
  };

  if (!account && save.data) {
    return (
      <Dialog title={w.connected} onClose={onClose}>
        {save.data.embed_code && <div className="grid gap-2"><p className="text-sm font-medium">{w.embed}</p><Copyable value={save.data.embed_code} /><p className="text-xs text-ink-2">{w.embedHelp}</p></div>}
        {save.data.webhook_url && !save.data.embed_code && <div className="grid gap-2"><p className="text-sm font-medium">{w.webhook}</p><Copyable value={save.data.webhook_url} /><p className="text-xs text-ink-2">{w.webhookHelp}</p></div>}
        <Button tone="primary" className="mt-5" onClick={onClose}>{w.done}</Button>
      </Dialog>
    );
  }
  if (!channel) {
    return (
      <Dialog title={w.choose} onClose={onClose}>
        <ul className="grid grid-cols-2 gap-2">
          {channels.map((choice) => (
            <li key={choice.channel}>
              <button type="button" data-testid={`connect-${choice.channel}`} onClick={() => setChannel(choice)} className="flex w-full items-center gap-3 rounded-xl border border-line p-3 text-left font-medium hover:border-accent hover:bg-accent-soft">
                <ChannelMark source={choice.channel_source} className="size-7 shrink-0" />{choice.name}
              </button>
            </li>
          ))}
        </ul>
      </Dialog>
    );
  }
  return (
    <Dialog title={account ? account.name : channel.name} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <TextField label={w.name} help={w.nameHelp} name="name" error={fieldError(save.error, 'name')} required defaultValue={account?.name ?? ''} maxLength={100} autoComplete="off" />
        {channel.settings.filter(isMain).map(field)}
        {channel.settings.some((setting) => !isMain(setting)) && (
          <details open={channel.settings.some((setting) => !isMain(setting) && fieldError(save.error, setting.name)) || undefined}>
            <summary className="text-sm font-medium text-accent">{w.advanced}</summary>
            <div className="mt-3 grid gap-4">{channel.settings.filter((setting) => !isMain(setting)).map(field)}</div>
          </details>
        )}
        <FormProblem error={save.error} fields={['name', ...channel.settings.map((setting) => setting.name)]} />
        <div className="flex justify-end gap-2 pt-1">
          {!account && <Button tone="quiet" onClick={() => { save.reset(); setChannel(null); }}>{w.back}</Button>}
          <Button type="submit" tone="primary" busy={save.isPending} data-testid="connect-save">{account ? w.saveChanges : w.save}</Button>
        </div>
      </form>
    </Dialog>
  );
}

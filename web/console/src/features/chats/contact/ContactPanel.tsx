import { useQuery } from '@tanstack/react-query';
import { Stethoscope, X } from 'lucide-react';
import { useState } from 'react';
import { get } from '@api/client';
import type { ChatSummary, ConversationDetail } from '@api/schema';
import { Avatar } from '@/ui/Avatar';
import { Button, IconButton } from '@/ui/Button';
import { channelLook, ChannelMark } from '@/ui/ChannelMark';
import { usePreferences } from '@/ui/preferences';
import { ago, full, span, useNow } from '@/ui/time';
import { useWords } from '@/ui/words';
import { nameOf, pictureOf } from '../list/row';
import { useAccountNames } from '../useAccountNames';
import { useAgentOn } from '../useAgentOn';
import { words } from '../words';
import { Consent } from './Consent';
import { Diagnosis } from './Diagnosis';
import { Notes } from './Notes';

/** The word for a network's kind of identity; one that nobody here knows stays as it is. */
const wordOf = (w: Record<string, unknown>, name: string, otherwise: string) => (typeof w[name] === 'string' ? w[name] as string : otherwise);

/** Who the contact is and what decides whether an answer can go out. */
export function ContactPanel({ chat, onClose }: { chat: ChatSummary; onClose: () => void }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const now = useNow(15_000);
  const [asking, setAsking] = useState<'agent' | 'send' | null>(null);
  const name = nameOf(chat, w.unknownName);
  const account = useAccountNames()(chat.platform_origin);
  const agentOn = useAgentOn()(chat.platform_origin);
  const { data: detail } = useQuery({ queryKey: ['conversation', chat.id, chat.is_locked, chat.held_by], queryFn: () => get<ConversationDetail>(`/admin/conversations/${chat.id}`) });
  const left = chat.window_expires_at ? Date.parse(chat.window_expires_at) - now : null;
  const facts: [string, React.ReactNode][] = [
    [w.phone, chat.customer_phone ? <span className="nums select-all">{chat.customer_phone}</span> : '—'],
    [w.channel, <span className="flex items-center gap-1.5"><ChannelMark source={chat.channel_source} />{channelLook(chat.channel_source).name}</span>],
    [w.account, account],
    [w.lastWrote, chat.last_interaction_at ? <time dateTime={chat.last_interaction_at} title={full(chat.last_interaction_at, language)}>{ago(chat.last_interaction_at, language, now)}</time> : w.never],
    [w.window, left === null ? w.noLimit : left > 0 ? `${w.open} · ${span(left)}` : <span className="text-warn">{w.closed}</span>],
    [w.answers, chat.is_locked ? (chat.held_by || (chat.why === 'hand_off' ? w.waitsForHuman : w.heldOutside)) : agentOn === false ? w.nobody : w.agent],
    ...(chat.is_locked && detail?.held_since ? [[w.whyHeld, `${ago(detail.held_since, language, now)}${detail.why ? ` · ${w[`why_${detail.why}`]}` : ''}`] as [string, string]] : []),
    ...(chat.is_locked && detail?.held_until ? [[w.heldUntil, full(detail.held_until, language)] as [string, string]] : []),
    ...(detail?.contact.identities ?? []).filter((identity) => identity.kind !== 'phone').map((identity) => [wordOf(w, `id_${identity.kind}`, identity.kind), <code className="font-mono text-2xs break-all select-all">{identity.value}</code>] as [string, React.ReactNode]),
  ];
  return (
    <aside aria-label={w.details} className="pane h-full overflow-y-auto">
      <header className="pane-head">
        <h2 className="font-semibold">{w.details}</h2>
        <IconButton label={w.back} className="ml-auto" onClick={onClose}><X aria-hidden /></IconButton>
      </header>
      <div className="grid justify-items-center gap-1 px-5 pt-6 pb-5 text-center">
        <Avatar name={name} picture={pictureOf(chat)} size="size-16 text-xl" />
        <p className="mt-2 text-lg font-semibold tracking-tight">{name}</p>
        <p className="nums text-sm text-ink-2">{chat.customer_phone}</p>
      </div>
      <dl className="mx-4 grid grid-cols-1 divide-y divide-line rounded-xl border border-line text-sm">
        {facts.map(([label, value]) => (
          <div key={label} className="flex items-center justify-between gap-4 px-3.5 py-2.5"><dt className="shrink-0 text-ink-3">{label}</dt><dd className="min-w-0 text-right break-words">{value}</dd></div>
        ))}
      </dl>
      {detail && <Notes contact={detail.contact} />}
      {detail && <Consent contactId={detail.contact.id} />}
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 p-4">
        <Button className="!justify-start" data-testid="why-agent" onClick={() => setAsking('agent')}><Stethoscope aria-hidden />{w.whyAgent}</Button>
        <Button className="!justify-start" data-testid="why-send" onClick={() => setAsking('send')}><Stethoscope aria-hidden />{w.whySend}</Button>
      </div>
      {asking && <Diagnosis of={asking} conversationId={chat.id} onClose={() => setAsking(null)} />}
    </aside>
  );
}

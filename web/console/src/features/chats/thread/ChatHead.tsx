import { ArrowLeft, Bot, Hand, PanelRight } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import type { AgentState } from '@api/agent';
import type { ChatSummary } from '@api/schema';
import { Avatar } from '@/ui/Avatar';
import { Button, IconButton } from '@/ui/Button';
import { ChannelMark } from '@/ui/ChannelMark';
import { go } from '@/ui/route';
import { span, useNow } from '@/ui/time';
import { useWords } from '@/ui/words';
import { HoldPopover } from '../hold/HoldPopover';
import { useHold, type Override } from '../hold/useOverride';
import { isOnline, nameOf, pictureOf } from '../list/row';
import { useAccountNames } from '../useAccountNames';
import { words } from '../words';
import { typing } from './typing';

interface ChatHeadProps {
  mayAnswer: boolean;
  chat: ChatSummary | undefined;
  agent: AgentState | undefined;
  override: Override;
  onDetails: () => void;
  details: boolean;
}

/** Who is written to, who answers, and how long free text is still allowed. */
export function ChatHead({ chat, mayAnswer, agent, override, onDetails, details }: ChatHeadProps) {
  const w = useWords(words);
  const now = useNow(15_000);
  const account = useAccountNames()(chat?.platform_origin ?? '');
  const name = chat ? nameOf(chat, w.unknownName) : '…';
  const isTyping = useSyncExternalStore(typing.subscribe, () => chat !== undefined && typing.is(chat.id, 'contact'));
  const left = chat?.window_expires_at ? Date.parse(chat.window_expires_at) - now : null;
  return (
    <header className="pane-head bg-surface !px-2 sm:!px-4">
      <IconButton label={w.back} className="lg:hidden" onClick={() => go('/chats')}><ArrowLeft aria-hidden /></IconButton>
      <button type="button" onClick={onDetails} title={w.details} className="flex min-w-0 items-center gap-3 rounded-lg text-left">
        <Avatar name={name} picture={chat && pictureOf(chat)} size="size-9" />
        <span className="min-w-0">
          <span className="flex items-center gap-1.5">
            <h2 className="truncate font-semibold">{name}</h2>
            {chat && <ChannelMark source={chat.channel_source} className="size-3.5 shrink-0" />}
            {chat && isOnline(chat, now) && <span role="img" aria-label={w.online} title={w.online} className="size-2 shrink-0 rounded-full bg-whatsapp" />}
          </span>
          <span className="block truncate text-2xs text-ink-3">
            {chat?.is_locked && <span className="sm:hidden">{chat.held_by ? w.held(chat.held_by) : w.heldByHuman} · </span>}
            {isTyping ? <span role="status" data-testid="typing" className="text-accent">{w.typing}</span> : left === null ? account : left > 0 ? w.windowLeft(span(left)) : <span className="text-warn">{w.windowClosed}</span>}
          </span>
        </span>
      </button>
      <span className="ml-auto" />
      {chat && <Holder chat={chat} mayAnswer={mayAnswer} agent={agent} override={override} />}
      <IconButton label={w.details} active={details} className="max-sm:hidden" onClick={onDetails}><PanelRight aria-hidden /></IconButton>
    </header>
  );
}

/** Who has it, and the one thing most often done about that. */
function Holder({ chat, mayAnswer, agent, override }: Pick<ChatHeadProps, 'mayAnswer' | 'agent' | 'override'> & { chat: ChatSummary }) {
  const w = useWords(words);
  const hold = useHold(chat);
  return (
    <>
      <HoldPopover conversationId={chat.id} hold={hold} agent={agent} override={override} mayAnswer={mayAnswer} />
      {mayAnswer && (!hold.locked || (!hold.mine && hold.by === '')) && <Button small tone="primary" data-testid="take-over" aria-label={w.takeOver} title={w.takeOverHint} busy={override.busy} onClick={() => void override.take()}><Hand aria-hidden className="sm:hidden" /><span className="max-sm:hidden">{w.takeOver}</span></Button>}
      {mayAnswer && hold.mine && <Button small data-testid="hand-back" aria-label={w.handBack} busy={override.busy} onClick={() => void override.handBack()}><Bot aria-hidden /><span className="max-sm:hidden">{w.handBack}</span></Button>}
    </>
  );
}

import { ArrowLeft, Bot, Lock, PanelRight } from 'lucide-react';
import type { ChatSummary } from '@api/schema';
import { Avatar } from '@/ui/Avatar';
import { Button, IconButton } from '@/ui/Button';
import { ChannelMark } from '@/ui/ChannelMark';
import { go } from '@/ui/route';
import { span, useNow } from '@/ui/time';
import { useWords } from '@/ui/words';
import { isOnline, nameOf } from '../list/row';
import { useAccountNames } from '../useAccountNames';
import { words } from '../words';

interface ChatHeadProps {
  mayAnswer: boolean;
  chat: ChatSummary | undefined;
  me: string;
  busy: boolean;
  onLock: (locked: boolean, takeOver?: boolean) => void;
  onDetails: () => void;
  details: boolean;
}

/** Who is written to, who answers, and how long free text is still allowed. */
export function ChatHead({ chat, me, mayAnswer, busy, onLock, onDetails, details }: ChatHeadProps) {
  const w = useWords(words);
  const now = useNow(15_000);
  const account = useAccountNames()(chat?.platform_origin ?? '');
  const name = chat ? nameOf(chat, w.unknownName) : '…';
  const left = chat?.window_expires_at ? Date.parse(chat.window_expires_at) - now : null;
  return (
    <header className="pane-head bg-surface !px-2 sm:!px-4">
      <IconButton label={w.back} className="lg:hidden" onClick={() => go('/chats')}><ArrowLeft aria-hidden /></IconButton>
      <button type="button" onClick={onDetails} className="flex min-w-0 items-center gap-3 rounded-lg text-left">
        <Avatar name={name} size="size-9" />
        <span className="min-w-0">
          <span className="flex items-center gap-1.5">
            <h2 className="truncate font-semibold">{name}</h2>
            {chat && <ChannelMark source={chat.channel_source} className="size-3.5 shrink-0" />}
            {chat && isOnline(chat, now) && <span role="img" aria-label={w.online} title={w.online} className="size-2 shrink-0 rounded-full bg-whatsapp" />}
          </span>
          <span className="block truncate text-2xs text-ink-3">
            {left === null ? account : left > 0 ? w.windowLeft(span(left)) : <span className="text-warn">{w.windowClosed}</span>}
          </span>
        </span>
      </button>
      <span className="ml-auto" />
      {chat && mayAnswer && <Holder chat={chat} me={me} busy={busy} onLock={onLock} />}
      <IconButton label={w.details} active={details} onClick={onDetails}><PanelRight aria-hidden /></IconButton>
    </header>
  );
}

function Holder({ chat, me, busy, onLock }: Pick<ChatHeadProps, 'me' | 'busy' | 'onLock'> & { chat: ChatSummary }) {
  const w = useWords(words);
  const mine = chat.held_by === me;
  if (!chat.is_locked) {
    return (
      <>
        <span className="hidden items-center gap-1 rounded-full bg-agent-soft px-2.5 py-1 text-2xs font-semibold text-agent md:flex"><Bot aria-hidden className="size-3.5" />{w.aiOn}</span>
        <Button small tone="primary" data-testid="take-over" title={w.takeOverHint} busy={busy} onClick={() => onLock(true)}>{w.takeOver}</Button>
      </>
    );
  }
  return (
    <>
      <span className="hidden min-w-0 items-center gap-1 rounded-full bg-warn-soft px-2.5 py-1 text-2xs font-semibold text-warn md:flex">
        <Lock aria-hidden className="size-3 shrink-0" /><span className="max-w-56 truncate">{mine ? w.lockedByMe : chat.held_by ? w.lockedBy(chat.held_by) : w.lockedByHuman}</span>
      </span>
      {!mine && chat.held_by && <Button small busy={busy} className="max-md:hidden" onClick={() => onLock(true, true)}>{w.takeFrom}</Button>}
      <Button small data-testid="hand-back" aria-label={w.handBack} busy={busy} onClick={() => onLock(false)}><Bot aria-hidden /><span className="max-sm:hidden">{w.handBack}</span></Button>
    </>
  );
}

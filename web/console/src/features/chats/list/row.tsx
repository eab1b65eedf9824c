import { Bot, BotOff, Clock, Hourglass, Lock } from 'lucide-react';
import { memo } from 'react';
import type { ChatSummary } from '@api/schema';
import { Avatar } from '@/ui/Avatar';
import { channelLook, ChannelMark } from '@/ui/ChannelMark';
import { usePreferences } from '@/ui/preferences';
import { Link } from '@/ui/route';
import { short, span, when } from '@/ui/time';
import { useWords } from '@/ui/words';
import { address } from '../files/address';
import { spoken } from '../placeholder';
import { words } from '../words';

/** Pixels; every row is as high as the next, so the list knows its length without measuring. */
export const rowHeight = 78;

const onlineFor = 5 * 60_000;
const windowWorthSaying = 6 * 3_600_000;
const [someWait, longWait] = [5 * 60_000, 30 * 60_000];

export const isOnline = (chat: ChatSummary, now: number) =>
  chat.last_interaction_at !== null && now - Date.parse(chat.last_interaction_at) < onlineFor;

export const pictureOf = (chat: ChatSummary) => (chat.picture_url ? address(chat.picture_url) : null);

export const nameOf = (chat: ChatSummary, unknown: string) => chat.display_name || chat.customer_phone || unknown;

/** Who said the last message, when it was our side: oneself, a colleague by name, or the AI. */
function saidBy(chat: ChatSummary, me: string, w: { ai: string; you: string }): string {
  if (chat.last_message_author === 'agent') return w.ai;
  if (chat.last_message_author !== 'operator') return '';
  return chat.last_message_by_id === me ? w.you : chat.last_message_by ? `${chat.last_message_by}:` : '';
}

interface ChatRowProps {
  chat: ChatSummary;
  /** Name of the account it runs on. */
  account: string;
  /** Whether the agent answers there; undefined: not known yet. */
  agentOn: boolean | undefined;
  /** The operator who looks. */
  me: string;
  active: boolean;
  now: number;
}

export const ChatRow = memo(function ChatRow({ chat, account, agentOn, me, active, now }: ChatRowProps) {
  const w = useWords(words);
  const { language } = usePreferences();
  const name = nameOf(chat, w.unknownName);
  const left = chat.window_expires_at === null ? null : Date.parse(chat.window_expires_at) - now;
  const unread = chat.unread_count > 0;
  const said = saidBy(chat, me, w);
  // The AI needs no watching; people who wait for people do.
  const waits = chat.last_message_author === 'contact' && (chat.is_locked || agentOn === false) ? Math.max(0, now - Date.parse(chat.timestamp)) : null;
  return (
    <Link
      to={`/chats/${chat.id}`} data-testid="chat-row" data-chat={chat.id} aria-current={active ? 'true' : undefined}
      className={`flex h-full items-center gap-3 border-l-[3px] py-2 pr-3.5 pl-3 -outline-offset-2 ${channelLook(chat.channel_source).edge}
        ${active ? 'bg-accent-soft' : 'hover:bg-surface-2'}`}
    >
      <Avatar name={name} picture={pictureOf(chat)}>
        <span className="absolute -right-1 -bottom-1 rounded-full bg-surface p-0.5"><ChannelMark source={chat.channel_source} /></span>
        {isOnline(chat, now) && <span title={w.online} className="absolute -top-0.5 -right-0.5 size-3 rounded-full border-2 border-surface bg-whatsapp" />}
      </Avatar>
      <span className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)] gap-0.5">
        <span className="flex items-baseline gap-2">
          <span className={`truncate ${unread ? 'font-semibold' : 'font-medium'}`}>{name}</span>
          <time dateTime={chat.timestamp} className={`nums ml-auto shrink-0 text-2xs ${unread ? 'font-semibold text-accent' : 'text-ink-3'}`}>{short(chat.timestamp, language, now)}</time>
        </span>
        <span className="flex items-center gap-2">
          <span className={`truncate text-sm ${unread ? 'text-ink' : 'text-ink-2'}`}>{said && <span className="text-ink-3">{said} </span>}{spoken(chat.last_message, language)}</span>
          {unread && (
            <span aria-label={w.unread(chat.unread_count)} className="nums ml-auto shrink-0 rounded-full bg-accent px-1.5 text-2xs font-semibold text-accent-ink">
              {chat.unread_count > 99 ? '99+' : chat.unread_count}
            </span>
          )}
        </span>
        <span className="flex items-center gap-1.5 text-2xs text-ink-3">
          {chat.is_locked
            ? (
              <span title={[chat.held_by || w.heldByHuman, chat.why && w[`why_${chat.why}`], chat.held_until && `${w.heldUntil}: ${when(chat.held_until, language)}`].filter(Boolean).join(' · ')} className="flex min-w-0 items-center gap-1 text-warn">
                <Lock aria-hidden className="size-3 shrink-0" /><span className="truncate">{chat.held_by || (chat.why === 'hand_off' ? w.waitsForHuman : w.heldByHuman)}</span>
                {chat.held_until && <span className="nums shrink-0 text-ink-3">{w.until(when(chat.held_until, language))}</span>}
              </span>
            )
            : agentOn === false ? <span title={w.aiOffHere} className="flex items-center gap-1"><BotOff aria-hidden className="size-3" />{w.aiOff}</span>
              : agentOn && <span title={w.aiOn} className="flex items-center gap-1 text-agent"><Bot aria-hidden className="size-3" />{w.agent}</span>}
          {left !== null && left < windowWorthSaying && (
            <span title={left > 0 ? w.windowLeft(span(left)) : w.windowClosed} className={`flex shrink-0 items-center gap-1 ${left > 0 ? 'text-warn' : ''}`}>
              <Clock aria-hidden className="size-3" />{left > 0 ? span(left) : w.closed}
            </span>
          )}
          {waits !== null && (
            <span data-testid="row-waits" title={w.waitsSince(span(waits))} className={`nums flex shrink-0 items-center gap-1 font-medium ${waits > longWait ? 'text-bad' : waits > someWait ? 'text-warn' : ''}`}>
              <Hourglass aria-hidden className="size-3" />{span(waits)}
            </span>
          )}
          <span className="ml-auto truncate">{account}</span>
        </span>
      </span>
    </Link>
  );
});

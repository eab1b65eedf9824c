import { Content, Item, Portal, Root, Trigger } from '@radix-ui/react-dropdown-menu';
import { SmilePlus, TriangleAlert } from 'lucide-react';
import { createContext, useContext } from 'react';
import type { Message } from '@api/schema';
import { useWords } from '@/ui/words';
import { useCapabilities } from '../files/limits';
import { words } from '../words';
import type { ThreadActions } from './actions';

/** Offered where the channel takes any emoji: what people answer with most. */
const common = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

/** The emojis that can be put on messages of the open chat; null: the channel has none, or the reader may not answer. */
export const Reactable = createContext<readonly string[] | null>(null);

/** What a chat's channel takes. */
export function useReactable(account: string | undefined): readonly string[] | null {
  const reactions = useCapabilities(account)?.reactions;
  return reactions ? (reactions.emojis.length > 0 ? reactions.emojis : common) : null;
}

/** Whether the network has the message, so that something can be put on it. */
export const takesReaction = (message: Message) =>
  !message.deleted_at && message.type !== 'system' && message.type !== 'reaction'
  && ['received', 'sent', 'delivered', 'read', 'played'].includes(message.status);

/** What our side put on a message; it has one place there. */
export const ownReaction = (message: Message) => message.reactions?.find((reaction) => reaction.by === 'account') ?? null;

/** The row of emojis behind a small face beside the bubble. The one that stands there takes itself back. */
export function ReactionMenu({ message, actions, open, onOpen }: { message: Message; actions: ThreadActions; open: boolean; onOpen: (open: boolean) => void }) {
  const w = useWords(words);
  const emojis = useContext(Reactable);
  if (!emojis || !takesReaction(message)) return null;
  const own = ownReaction(message);
  return (
    <Root modal={false} open={open} onOpenChange={onOpen}>
      <Trigger
        aria-label={w.react} title={w.react} data-testid="react" data-react={message.id}
        className="mb-1 rounded-full p-1 text-ink-3 opacity-0 group-hover:opacity-100 hover:bg-surface-3 focus-visible:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-70"
      >
        <SmilePlus aria-hidden className="size-4" />
      </Trigger>
      <Portal>
        <Content className="menu flex min-w-0 gap-0.5 rounded-full p-1" side="top" align="center" sideOffset={6} collisionPadding={8} loop onKeyDown={sideways}>
          {emojis.map((emoji) => (
            <Item
              key={emoji} aria-label={own?.emoji === emoji ? w.reactionTakeBack(emoji) : w.reactWith(emoji)} data-testid="reaction-choice"
              onSelect={() => actions.react(message, own?.emoji === emoji ? '' : emoji)}
              className={`grid size-10 cursor-pointer place-items-center rounded-full text-xl outline-none data-[highlighted]:bg-surface-3 ${own?.emoji === emoji ? 'bg-accent-soft ring-1 ring-accent' : ''}`}
            >
              {emoji}
            </Item>
          ))}
        </Content>
      </Portal>
    </Root>
  );
}

/** The menu moves up and down by itself; a row reads from left to right. */
function sideways(event: React.KeyboardEvent<HTMLDivElement>) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const choices = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = choices.indexOf(document.activeElement as HTMLElement);
  choices[(at + step + choices.length) % choices.length]?.focus();
}

/** The emojis that stand on a bubble. Ours is faint until the network has it. */
export function Reactions({ message }: { message: Message }) {
  const w = useWords(words);
  if (!message.reactions || message.reactions.length === 0) return null;
  const waits = (status: string | undefined) => status === 'queued' || status === 'sending' || status === 'uncertain';
  return (
    <span data-testid="reactions" className="absolute -bottom-3 left-3 flex gap-1 rounded-full border border-line bg-surface px-1.5 text-xs shadow-lift">
      {message.reactions.map((reaction) => (
        <span
          key={reaction.by} role="img" className={waits(reaction.status) ? 'opacity-50' : ''}
          aria-label={reaction.name ? w.reactedBy(reaction.emoji, reaction.name) : reaction.emoji} title={reaction.name || undefined}
        >
          {reaction.emoji}
        </span>
      ))}
    </span>
  );
}

/** A reaction is shown on its message; only one that failed needs a line of its own. */
export function FailedReaction({ message, actions }: { message: Message; actions: ThreadActions }) {
  const w = useWords(words);
  return (
    <div data-testid="failed-reaction" className="mx-4 my-1.5 ml-auto max-w-[min(34rem,82%)] rounded-lg bg-bad-soft px-2.5 py-2 text-xs text-bad">
      <p className="flex items-center gap-1.5 font-medium"><TriangleAlert aria-hidden className="size-4 shrink-0" />{w.reactionFailed(message.content)}</p>
      {message.error && <p className="mt-0.5">{message.error.message} <span className="text-ink-2">{message.error.next_step}</span></p>}
      <p className="mt-1 flex flex-wrap gap-x-3 gap-y-1">
        <button type="button" className="font-semibold underline underline-offset-2" onClick={() => actions.act(message, 'retry')}>{w.retry}</button>
        {message.reply_to && <button type="button" className="text-ink-2 underline underline-offset-2" onClick={() => actions.jump(message.reply_to!)}>{w.showMessage}</button>}
        <button type="button" className="text-ink-2 underline underline-offset-2" onClick={() => actions.showAttempts(message)}>{w.rawError}</button>
      </p>
    </div>
  );
}

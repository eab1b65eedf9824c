import { Content, Item, Portal, Root, Trigger } from '@radix-ui/react-dropdown-menu';
import { ChevronDown, CircleSlash, Clock, Copy, ListTree, Pencil, Reply, RotateCcw, Send, Waypoints } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import type { Message } from '@api/schema';
import { toast } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from '../words';
import type { ThreadActions } from './actions';
import { canReword, isWaiting } from './Status';

// Replying and editing move on to the composer; otherwise the focus returns to the button.
const keepInComposer = (event: Event) => {
  if (document.activeElement?.id === 'composer') event.preventDefault();
};

/** Everything that can be done with one message. */
export const BubbleMenu = memo(function BubbleMenu({ message, actions }: { message: Message; actions: ThreadActions }) {
  const w = useWords(words);
  const waiting = isWaiting(message);
  const copy = () => void navigator.clipboard?.writeText(message.content).then(() => toast({ title: w.copied }));
  return (
    <Root modal={false}>
      <Trigger
        aria-label={w.options}
        className="mb-1 rounded-full p-1 text-ink-3 opacity-0 group-hover:opacity-100 hover:bg-surface-3 focus-visible:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-70"
      >
        <ChevronDown aria-hidden className="size-4" />
      </Trigger>
      <Portal>
        <Content className="menu" align="end" collisionPadding={8} onCloseAutoFocus={keepInComposer}>
          <Entry icon={<Reply />} run={() => actions.reply(message)}>{w.reply}</Entry>
          <Entry icon={<Copy />} run={copy}>{w.copy}</Entry>
          {waiting && !message.held && <Entry icon={<Send />} run={() => actions.act(message, 'send-now')}>{w.sendNow}</Entry>}
          {waiting && !message.held && <Entry icon={<Clock />} run={() => actions.reschedule(message)}>{w.reschedule}</Entry>}
          {canReword(message) && <Entry icon={<Pencil />} run={() => actions.edit(message)}>{w.edit}</Entry>}
          {waiting && <Entry icon={<CircleSlash />} run={() => actions.act(message, 'cancel')}>{w.cancel}</Entry>}
          {message.status === 'failed' && <Entry icon={<RotateCcw />} run={() => actions.act(message, 'retry')}>{w.retry}</Entry>}
          {message.sender === 'agent' && <Entry icon={<ListTree />} run={() => actions.showAttempts(message)}>{w.attempts}</Entry>}
          <Entry icon={<Waypoints />} run={() => actions.showTrace(message)}>{w.trace}</Entry>
        </Content>
      </Portal>
    </Root>
  );
});

function Entry({ icon, run, children }: { icon: ReactNode; run: () => void; children: ReactNode }) {
  return <Item className="menu-item" onSelect={run}>{icon}{children}</Item>;
}

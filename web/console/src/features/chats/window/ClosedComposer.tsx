import { useQueryClient } from '@tanstack/react-query';
import { Clock, Hourglass, LayoutTemplate } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { ChatSummary, ConversationDetail } from '@api/schema';
import { TemplatePicker } from '@/templates/TemplatePicker';
import { Segments } from '@/ui/Segments';
import { useWords } from '@/ui/words';
import { words } from './words';

interface ClosedComposerProps {
  chat: ChatSummary;
  detail: ConversationDetail | undefined;
  templates: boolean;
  neverWrote: boolean;
  /** Whether words shall wait, rather than a template be sent. */
  holding: boolean;
  onHold: (holding: boolean) => void;
  onSent: () => void;
  /** The composer, for words that wait. */
  children: ReactNode;
}

/** What stands in the composer's place while the network takes no free text: a template, or words that wait for the customer. */
export function ClosedComposer({ chat, detail, templates, neverWrote, holding, onHold, onSent, children }: ClosedComposerProps) {
  const w = useWords(words);
  const queries = useQueryClient();
  const [sent, setSent] = useState(0);
  const picking = templates && !holding;
  const stopped = (detail?.contact.consent ?? []).filter((one) => !one.opted_in).map((one) => one.category);
  return (
    <section id={picking ? 'composer' : undefined} tabIndex={-1} data-testid="closed-composer" aria-label={w.closedTitle} className="flex max-h-[70%] shrink-0 flex-col border-t border-line bg-surface outline-none">
      <header className="mx-auto flex w-full max-w-4xl flex-wrap items-center gap-x-4 gap-y-2 px-3 pt-3 sm:px-4">
        <p className="flex min-w-[min(100%,14rem)] flex-1 items-start gap-2 text-xs text-ink-2">
          <Clock aria-hidden className="mt-0.5 size-3.5 shrink-0 text-warn" />
          <span><strong className="font-semibold text-ink">{w.closedTitle}.</strong> {neverWrote ? w.neverWrote : w.closedWhy}</span>
        </p>
        {templates && (
          <Segments
            label={w.closedTitle} value={holding ? 'hold' : 'template'} onChange={(way) => onHold(way === 'hold')} testId="way"
            choices={[['template', <><LayoutTemplate aria-hidden />{w.template}</>], ['hold', <><Hourglass aria-hidden />{w.hold}</>]]}
          />
        )}
      </header>
      {picking ? (
        <div className="mx-auto min-h-0 w-full max-w-4xl overflow-y-auto px-3 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-4">
          <TemplatePicker
            key={sent} conversationId={chat.id} person={{ name: chat.display_name, phone: chat.customer_phone }} stopped={stopped}
            onSent={() => {
              setSent((n) => n + 1);
              void queries.invalidateQueries({ queryKey: ['conversation', chat.id] });
              onSent();
            }}
          />
        </div>
      ) : (
        <>
          <p className="mx-auto w-full max-w-4xl px-3 pt-2 text-xs text-ink-2 sm:px-4">{templates ? w.holdNote : w.only}</p>
          <div className="[&>form]:border-t-0">{children}</div>
        </>
      )}
    </section>
  );
}

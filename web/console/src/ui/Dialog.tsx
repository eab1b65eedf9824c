import { Close, Content, Description, Portal, Root, Title } from '@radix-ui/react-dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { dictionary, useWords } from './words';

const words = dictionary({
  close: ['Close', 'Cerrar'],
});

interface DialogProps {
  title: string;
  description?: string;
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
}

/**
 * A modal window. The shade is a plain element: Radix's own overlay writes a style element to lock scrolling,
 * which a strict content security policy refuses, and the page itself never scrolls.
 */
export function Dialog({ title, description, wide, onClose, children }: DialogProps) {
  const w = useWords(words);
  return (
    <Root open onOpenChange={(open) => !open && onClose()}>
      <Portal>
        <div aria-hidden className="fixed inset-0 z-40 bg-shade" />
        <Content
          aria-describedby={undefined}
          className={`arrive fixed inset-x-0 bottom-0 z-50 mx-auto flex max-h-[92dvh] flex-col rounded-t-2xl bg-surface shadow-float outline-none
            sm:inset-y-0 sm:my-auto sm:h-fit sm:rounded-2xl ${wide ? 'sm:max-w-3xl' : 'sm:max-w-lg'}`}
        >
          <header className="flex items-start gap-3 border-b border-line px-5 py-3.5">
            <div className="min-w-0 flex-1">
              <Title className="text-lg font-semibold tracking-tight">{title}</Title>
              {description && <Description className="text-sm text-ink-2">{description}</Description>}
            </div>
            <Close aria-label={w.close} className="-mr-1.5 rounded-lg p-1.5 text-ink-2 hover:bg-surface-3">
              <X className="size-5" aria-hidden />
            </Close>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
        </Content>
      </Portal>
    </Root>
  );
}

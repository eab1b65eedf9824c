import { Content, Portal, Root, Trigger } from '@radix-ui/react-tooltip';
import type { ReactNode } from 'react';

/** A word on hover and focus; `hint` is the key that does the same. */
export function Tip({ text, hint, children }: { text: string; hint?: string; children: ReactNode }) {
  return (
    <Root>
      <Trigger asChild>{children}</Trigger>
      <Portal>
        <Content sideOffset={6} collisionPadding={8} className="z-50 max-w-72 rounded-lg bg-ink px-2.5 py-1.5 text-xs text-surface shadow-float">
          {text}
          {hint && <kbd className="ml-2 rounded border border-surface/30 px-1 font-sans text-2xs">{hint}</kbd>}
        </Content>
      </Portal>
    </Root>
  );
}

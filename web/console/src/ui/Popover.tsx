import { Content, Portal, Root, Trigger } from '@radix-ui/react-popover';
import type { ReactNode } from 'react';

interface PopoverProps {
  open: boolean;
  onOpen: (open: boolean) => void;
  /** What opens it: one button. */
  trigger: ReactNode;
  label: string;
  align?: 'start' | 'center' | 'end';
  children: ReactNode;
}

/** A small window at its button, for a word more than a menu holds. */
export function Popover({ open, onOpen, trigger, label, align = 'end', children }: PopoverProps) {
  return (
    <Root open={open} onOpenChange={onOpen}>
      <Trigger asChild>{trigger}</Trigger>
      <Portal>
        <Content
          role="dialog" aria-label={label} align={align} sideOffset={6} collisionPadding={8}
          className="arrive z-50 w-[min(22rem,calc(100vw-1rem))] rounded-2xl border border-line bg-surface p-4 shadow-float outline-none"
        >
          {children}
        </Content>
      </Portal>
    </Root>
  );
}

import { Content, List, Root, Trigger } from '@radix-ui/react-tabs';
import { useEffect, useRef, type ReactNode } from 'react';

interface Tab {
  value: string;
  label: string;
  /** A small figure or word behind the label. */
  mark?: ReactNode;
}

interface TabsProps {
  tabs: readonly Tab[];
  current: string;
  onChange: (value: string) => void;
  /** Marks each tab for tests, as `prefix-value`. */
  testId: string;
  children: ReactNode;
}

/** Pages of one page. The open one belongs to the address, so the caller keeps it. */
export function Tabs({ tabs, current, onChange, testId, children }: TabsProps) {
  const list = useRef<HTMLDivElement>(null);
  // On a phone the row is wider than the screen: the open one is brought into it.
  useEffect(() => {
    const open = list.current?.querySelector<HTMLElement>('[data-state=active]');
    if (open && list.current) list.current.scrollLeft = open.offsetLeft - (list.current.clientWidth - open.clientWidth) / 2;
  }, [current]);
  return (
    <Root value={current} onValueChange={onChange} className="flex min-h-0 flex-1 flex-col">
      <List ref={list} className="relative flex shrink-0 gap-1 overflow-x-auto border-b border-line px-2 sm:px-4">
        {tabs.map(({ value, label, mark }) => (
          <Trigger
            key={value} value={value} data-testid={`${testId}-${value}`}
            className="flex items-center gap-1.5 border-b-2 border-transparent px-3 py-2.5 text-sm font-medium whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink data-[state=active]:border-accent data-[state=active]:text-accent"
          >
            {label}{mark}
          </Trigger>
        ))}
      </List>
      <Content key={current} value={current} tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">{children}</Content>
    </Root>
  );
}

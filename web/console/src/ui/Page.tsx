import type { ReactNode } from 'react';

interface PageProps {
  title: string;
  lead?: string;
  actions?: ReactNode;
  /** The body does not scroll as a whole: its parts do. */
  fixed?: boolean;
  children: ReactNode;
}

/** A page other than the inbox: a title, its actions, and a scrolling body. */
export function Page({ title, lead, actions, fixed, children }: PageProps) {
  return (
    <div className="pane h-full flex-1">
      <header className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-3.5 sm:px-5">
        <div className="min-w-[min(100%,16rem)] flex-1">
          <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
          {lead && <p className="text-sm text-ink-2">{lead}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {fixed ? <div className="flex min-h-0 flex-1 flex-col">{children}</div>
        : <div className="flex min-h-0 flex-1 flex-col overflow-y-auto" tabIndex={0} role="region" aria-label={title}>{children}</div>}
    </div>
  );
}

/** A small coloured word. */
export function Tag({ tone, children }: { tone: 'good' | 'warn' | 'bad' | 'plain'; children: ReactNode }) {
  const look = { good: 'bg-good-soft text-good', warn: 'bg-warn-soft text-warn', bad: 'bg-bad-soft text-bad', plain: 'bg-surface-3 text-ink-2' }[tone];
  return <span className={`inline-flex items-center rounded-full px-2 py-0.5 text-2xs font-semibold whitespace-nowrap ${look}`}>{children}</span>;
}

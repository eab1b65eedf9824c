import type { ReactNode } from 'react';

/** A part of a long form. */
export function Section({ title, lead, actions, children }: { title: string; lead?: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="grid grid-cols-[minmax(0,1fr)] gap-4 rounded-2xl border border-line p-4 sm:p-5">
      <header className="flex items-start gap-3">
        <div className="min-w-0 flex-1"><h2 className="font-semibold tracking-tight">{title}</h2>{lead && <p className="text-sm text-ink-2">{lead}</p>}</div>
        {actions}
      </header>
      {children}
    </section>
  );
}

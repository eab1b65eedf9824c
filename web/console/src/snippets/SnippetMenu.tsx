import { useEffect, useRef } from 'react';
import type { Snippet } from '@api/schema';
import { useWords } from '@/ui/words';
import { words } from './words';

interface SnippetMenuProps {
  id: string;
  snippets: readonly Snippet[];
  /** The one that Enter takes. */
  current: number;
  onPick: (snippet: Snippet) => void;
  onPoint: (index: number) => void;
}

/** The address of one option, for the box that points at it while it keeps the focus. */
export const optionId = (menu: string, index: number) => `${menu}-${index}`;

/** What a slash in the composer offers, above it. */
export function SnippetMenu({ id, snippets, current, onPick, onPoint }: SnippetMenuProps) {
  const w = useWords(words);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <div data-testid="snippets" className="arrive absolute inset-x-0 bottom-full z-20 mb-2 overflow-hidden rounded-2xl border border-line bg-surface shadow-float">
      <ul ref={list} id={id} role="listbox" aria-label={w.title} className="max-h-72 overflow-y-auto p-1.5">
        {snippets.map((snippet, index) => (
          <li
            key={snippet.id} id={optionId(id, index)} role="option" aria-selected={index === current}
            // The box keeps the focus, so that typing goes on.
            onMouseDown={(event) => { event.preventDefault(); onPick(snippet); }} onMouseMove={() => index !== current && onPoint(index)}
            className={`grid cursor-pointer gap-0.5 rounded-lg px-3 py-2 sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-3 ${index === current ? 'bg-surface-3' : ''}`}
          >
            <span className="truncate text-sm font-semibold text-accent">/{snippet.name}</span>
            <span className="line-clamp-2 text-sm text-ink-2">{snippet.text}</span>
          </li>
        ))}
      </ul>
      <p className="hidden border-t border-line px-3 py-1.5 text-2xs text-ink-3 sm:block">{w.keys}</p>
    </div>
  );
}

import { useId, useState, type KeyboardEvent, type RefObject } from 'react';
import type { Snippet } from '@api/schema';
import { filled, matching, slashedAt, type Filling } from './snippet';
import { optionId } from './SnippetMenu';
import { useSnippets } from './useSnippets';

/** How many a slash offers; more is a list to search, and the next letter searches it. */
const MOST = 30;

/**
 * A text box in which a slash offers snippets. The box keeps the focus: it points at the option, and its keys choose.
 * @param write Takes the whole new text.
 */
export function useSlash(box: RefObject<HTMLTextAreaElement | null>, text: string, write: (text: string) => void, filling: Filling, enabled: boolean) {
  const id = useId();
  const { data: all = [] } = useSnippets();
  const [caret, setCaret] = useState(0);
  const [current, setCurrent] = useState(0);
  // Escape closes it for the word that is being typed; another slash offers again.
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const slashed = enabled ? slashedAt(text, Math.min(caret, text.length)) : null;
  const options = slashed && slashed.at !== closedAt ? matching(all, slashed.word).slice(0, MOST) : [];
  const open = options.length > 0;
  const chosen = Math.min(current, options.length - 1);

  const look = () => {
    const next = box.current?.selectionStart ?? 0;
    setCaret(next);
    setCurrent(0);
    if (closedAt !== null && slashedAt(box.current?.value ?? '', next)?.at !== closedAt) setClosedAt(null);
  };

  const pick = (snippet: Snippet) => {
    if (!slashed) return;
    const put = filled(snippet.text, filling);
    write(text.slice(0, slashed.at) + put + text.slice(caret));
    const end = slashed.at + put.length;
    setCaret(end);
    requestAnimationFrame(() => {
      box.current?.focus();
      box.current?.setSelectionRange(end, end);
    });
  };

  /** Whether the key was for the menu. */
  const press = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    if (event.key === 'ArrowDown') setCurrent((chosen + 1) % options.length);
    else if (event.key === 'ArrowUp') setCurrent((chosen + options.length - 1) % options.length);
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') pick(options[chosen]!);
    else if (event.key === 'Escape') setClosedAt(slashed!.at);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  return {
    look, press,
    /** For {@link SnippetMenu}; null while there is nothing to offer. */
    menu: open ? { id, snippets: options, current: chosen, onPick: pick, onPoint: setCurrent } : null,
    /** For the box. */
    wiring: open
      ? { 'aria-autocomplete': 'list' as const, 'aria-controls': id, 'aria-activedescendant': optionId(id, chosen) }
      : { 'aria-autocomplete': 'list' as const },
  };
}

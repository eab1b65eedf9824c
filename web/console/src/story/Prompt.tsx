import { useWords } from '@/ui/words';
import { pretty } from './figures';
import { words } from './words';

interface Line {
  role: string;
  text: string;
}

/** What the model was given, a line for each voice; a form we do not know is shown as it is. */
export function Prompt({ value }: { value: unknown }) {
  const w = useWords(words);
  const lines = linesOf(value);
  if (!lines) return <pre tabIndex={0} className="max-h-96 overflow-auto rounded-lg bg-surface-3 p-3 font-mono text-2xs whitespace-pre-wrap break-words">{pretty(value)}</pre>;
  return (
    <ol className="grid max-h-[28rem] gap-2 overflow-auto" tabIndex={0}>
      {lines.map((line, index) => {
        const role = (w as unknown as Record<string, unknown>)[`role_${line.role}`];
        return (
          <li key={index} className={`rounded-lg border-l-2 bg-surface-2 px-3 py-2 text-xs ${line.role === 'assistant' ? 'border-agent' : line.role === 'user' ? 'border-accent' : 'border-line-strong'}`}>
            <p className="mb-0.5 text-2xs font-semibold text-ink-3">{typeof role === 'string' ? role : line.role}</p>
            <p className="break-words whitespace-pre-wrap text-ink-2">{line.text}</p>
          </li>
        );
      })}
    </ol>
  );
}

/** Messages of a role and a text, whatever the names a server gives them; null when it is something else. */
export function linesOf(value: unknown): Line[] | null {
  let said = value;
  if (typeof said === 'string') {
    try {
      said = JSON.parse(said) as unknown;
    } catch {
      return null;
    }
  }
  if (said && typeof said === 'object' && 'messages' in said) said = said.messages;
  if (!Array.isArray(said) || said.length === 0) return null;
  const lines = said.map((line: unknown) => {
    if (!line || typeof line !== 'object') return null;
    const { role, text, content } = line as Record<string, unknown>;
    const words = text ?? content;
    return typeof role === 'string' ? { role, text: typeof words === 'string' ? words : pretty(words ?? line) } : null;
  });
  return lines.every((line) => line !== null) ? lines : null;
}

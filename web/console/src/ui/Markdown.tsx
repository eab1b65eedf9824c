import { Fragment, type ReactNode } from 'react';

/**
 * Markdown as our articles use it: headings, lists, quotes, code, emphasis, links. It builds elements, never HTML text,
 * so nothing in an article can become markup of the page.
 */
export function Markdown({ text }: { text: string }) {
  return <div className="grid gap-2.5 text-sm leading-6 break-words">{blocksOf(text).map((block, index) => <Fragment key={index}>{drawn(block)}</Fragment>)}</div>;
}

type Block = { kind: 'heading'; level: number; text: string } | { kind: 'list'; ordered: boolean; items: string[] }
  | { kind: 'code' | 'quote' | 'text'; text: string };

/** Cuts a text into its blocks. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!;
    const take = (fits: (line: string) => boolean) => {
      const from = at;
      while (at < lines.length && fits(lines[at]!)) at += 1;
      return lines.slice(from, at);
    };
    const heading = /^(#{1,4})\s+(.*)$/.exec(line);
    if (line.trim() === '') at += 1;
    else if (line.startsWith('```')) {
      at += 1;
      blocks.push({ kind: 'code', text: take((inside) => !inside.startsWith('```')).join('\n') });
      at += 1;
    } else if (heading) {
      blocks.push({ kind: 'heading', level: heading[1]!.length, text: heading[2]! });
      at += 1;
    } else if (bullet.test(line) || numbered.test(line)) {
      const ordered = numbered.test(line);
      const mark = ordered ? numbered : bullet;
      blocks.push({ kind: 'list', ordered, items: take((item) => mark.test(item)).map((item) => item.replace(mark, '')) });
    } else if (line.startsWith('>')) blocks.push({ kind: 'quote', text: take((said) => said.startsWith('>')).map((said) => said.replace(/^>\s?/, '')).join('\n') });
    else blocks.push({ kind: 'text', text: take((words) => words.trim() !== '' && !/^(#{1,4}\s|```|>)/.test(words) && !bullet.test(words) && !numbered.test(words)).join('\n') });
  }
  return blocks;
}

const bullet = /^\s*[-*+]\s+/;
const numbered = /^\s*\d+[.)]\s+/;

function drawn(block: Block): ReactNode {
  switch (block.kind) {
    case 'heading': return <p role="heading" aria-level={block.level + 2} className={`font-semibold tracking-tight ${block.level < 2 ? 'text-lg' : 'text-base'}`}>{inline(block.text)}</p>;
    case 'code': return <pre className="overflow-auto rounded-lg bg-surface-3 p-3 font-mono text-xs">{block.text}</pre>;
    case 'quote': return <blockquote className="border-l-2 border-line-strong pl-3 whitespace-pre-wrap text-ink-2">{inline(block.text)}</blockquote>;
    case 'list': {
      const items = block.items.map((item, index) => <li key={index}>{inline(item)}</li>);
      return block.ordered ? <ol className="ml-5 list-decimal">{items}</ol> : <ul className="ml-5 list-disc">{items}</ul>;
    }
    default: return <p className="whitespace-pre-wrap">{inline(block.text)}</p>;
  }
}

const marks = /(`[^`]+`)|(\*\*[^*]+\*\*)|(\*[^*\s][^*]*\*|_[^_\s][^_]*_)|\[([^\]]+)\]\((https?:\/\/[^\s)]+)\)/g;

function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(marks)) {
    const [whole, code, strong, soft, label, address] = match;
    parts.push(text.slice(from, match.index));
    const key = match.index;
    if (code) parts.push(<code key={key} className="rounded bg-surface-3 px-1 font-mono text-xs">{code.slice(1, -1)}</code>);
    else if (strong) parts.push(<strong key={key}>{strong.slice(2, -2)}</strong>);
    else if (soft) parts.push(<em key={key}>{soft.slice(1, -1)}</em>);
    else parts.push(<a key={key} href={address} target="_blank" rel="noopener noreferrer nofollow" className="text-accent underline underline-offset-2">{label}</a>);
    from = match.index + whole.length;
  }
  parts.push(text.slice(from));
  return parts;
}

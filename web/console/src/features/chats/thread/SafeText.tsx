import { Fragment } from 'react';

// Only http and https become links, so no message can smuggle in javascript: or data: addresses.
const address = /\bhttps?:\/\/[^\s<>"']+/gi;
const trailing = /[.,;:!?)\]}»”’]+$/;

/** Words of a stranger: shown as they are, never as markup, with their web addresses clickable. */
export function SafeText({ text }: { text: string }) {
  const parts: React.ReactNode[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const url = match[0].replace(trailing, '');
    parts.push(text.slice(from, match.index));
    parts.push(<a key={match.index} href={url} target="_blank" rel="noopener noreferrer nofollow" className="break-all text-accent underline underline-offset-2">{url}</a>);
    from = match.index + url.length;
  }
  parts.push(text.slice(from));
  return <span dir="auto" className="break-words whitespace-pre-wrap">{parts.map((part, index) => <Fragment key={index}>{part}</Fragment>)}</span>;
}

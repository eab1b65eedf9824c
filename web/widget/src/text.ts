/** A stretch of words, or a link that was written out. */
export type Piece = string | { href: string; text: string };

const LINK = /\bhttps?:\/\/[^\s<>"']+/gi;

/** Finds addresses in a text. Only http and https: nothing else that a text holds can be followed. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(LINK)) {
    // A full stop or a bracket at the end belongs to the sentence.
    const link = match[0].replace(/[.,;:!?)\]]+$/, '');
    if (!URL.canParse(link)) continue;
    if (match.index > at) found.push(text.slice(at, match.index));
    found.push({ href: link, text: link });
    at = match.index + link.length;
  }
  if (at < text.length) found.push(text.slice(at));
  return found;
}

export function size(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

import type { ChatSummary, Snippet } from '@api/schema';

/** What a placeholder in double braces stands for, by its name; "" or undefined where it is not known. */
export type Filling = Partial<Record<'name' | 'first_name' | 'phone' | 'operator', string>>;

export const placeholders = ['name', 'first_name', 'phone', 'operator'] as const;

/** What is known of a chat's customer. A number in a name's place is no name. */
export function fillingOf(chat: Pick<ChatSummary, 'display_name' | 'customer_phone'> | undefined, operator: string): Filling {
  const name = /\p{L}/u.test(chat?.display_name ?? '') ? chat!.display_name : '';
  return { name, first_name: name.split(' ')[0], phone: chat?.customer_phone, operator };
}

/** A word that is being typed behind a slash, and where its slash stands. */
export interface Slashed {
  at: number;
  word: string;
}

/** The slash word that ends at the caret: at the start of the text or after white space, so that dates and addresses are left alone. */
export function slashedAt(text: string, caret: number): Slashed | null {
  const found = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(text.slice(0, caret));
  return found && { at: caret - found[1]!.length - 1, word: found[1]!.toLowerCase() };
}

/** Those whose name begins with the word come first, then those that hold it in their name or text. */
export function matching(snippets: readonly Snippet[], word: string): Snippet[] {
  const rank = ({ name, text }: Snippet) => (name.startsWith(word) ? 0 : name.includes(word) ? 1 : text.toLowerCase().includes(word) ? 2 : 3);
  return snippets.map((snippet) => ({ snippet, at: rank(snippet) })).filter(({ at }) => at < 3)
    .sort((a, b) => a.at - b.at || a.snippet.name.localeCompare(b.snippet.name)).map(({ snippet }) => snippet);
}

/** The text with its placeholders filled in. One that is not known goes, with the space before it: nobody is greeted as "Hi {{name}}". */
export function filled(text: string, filling: Filling): string {
  return text.replace(/([^\S\n]?)\{\{\s*([a-z_]+)\s*\}\}/g, (all, space: string, name: string) => {
    if (!(placeholders as readonly string[]).includes(name)) return all;
    const value = filling[name as keyof Filling];
    return value ? space + value : '';
  });
}

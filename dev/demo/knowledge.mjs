// What the demo's agent knows, from the files in knowledge/: one that begins with a title is an article; one of second-level headings
// holds questions, each in one or more wordings, and their answers.
import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('./knowledge/', import.meta.url);

function entries(text) {
  const [, title, body] = text.match(/^# (.+)\n([^]*)/) ?? [];
  if (title) return [{ title, body: body.trim() }];
  return text.split(/^## /m).filter((part) => part.trim()).map((part) => {
    const lines = part.trim().split('\n');
    let wordings = 1;
    while (lines[wordings].endsWith('?')) wordings++;
    return { question: lines.slice(0, wordings).join('\n'), answer: lines.slice(wordings).join('\n').trim() };
  });
}

export const knowledge = readdirSync(folder).filter((name) => name.endsWith('.md')).sort()
  .flatMap((name) => entries(readFileSync(new URL(name, folder), 'utf8')));

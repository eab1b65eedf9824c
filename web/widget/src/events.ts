/** One server-sent event. */
export interface ServerEvent {
  type: string;
  id: string;
  data: string;
}

/** Takes a stream's text piece by piece, however it is cut, and gives the whole events in it. */
export class EventReader {
  private rest = '';

  take(piece: string): ServerEvent[] {
    const blocks = (this.rest + piece).replace(/\r\n?/g, '\n').split('\n\n');
    this.rest = blocks.pop()!;
    return blocks.map(read).filter((event) => event !== null);
  }
}

function read(block: string): ServerEvent | null {
  const event: ServerEvent = { type: 'message', id: '', data: '' };
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const at = line.indexOf(':');
    if (at <= 0) continue;
    const value = line.slice(at + 1).replace(/^ /, '');
    const name = line.slice(0, at);
    if (name === 'event') event.type = value;
    else if (name === 'id') event.id = value;
    else if (name === 'data') data.push(value);
  }
  event.data = data.join('\n');
  return event.id || data.length ? event : null;
}

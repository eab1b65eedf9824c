import { expect, test } from 'vitest';
import { EventReader } from './events';

const stream = 'event: message\ndata: {"message":{"text":"ñ"}}\nid: e.1.2\n\nevent: ping\ndata: {}\nid: e.1.3\n\n';
const expected = [
  { type: 'message', id: 'e.1.2', data: '{"message":{"text":"ñ"}}' },
  { type: 'ping', id: 'e.1.3', data: '{}' },
];

test('events are whole however the stream is cut', () => {
  for (const text of [stream, stream.replaceAll('\n', '\r\n')])
    for (let cut = 0; cut <= stream.length; cut++) {
      const reader = new EventReader();
      expect([...reader.take(stream.slice(0, cut)), ...reader.take(stream.slice(cut))]).toEqual(expected);
      expect(new EventReader().take(text)).toEqual(expected);
    }
});

test('half an event says nothing', () => expect(new EventReader().take('event: message\ndata: {"me')).toEqual([]));

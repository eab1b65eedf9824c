import type { Message } from '@api/schema';

/** What the bubbles of a thread can ask for. */
export interface ThreadActions {
  reply: (message: Message) => void;
  /** Puts an emoji on a message; "" takes ours back. */
  react: (message: Message, emoji: string) => void;
  edit: (message: Message) => void;
  act: (message: Message, action: 'cancel' | 'send-now' | 'retry') => void;
  /** Asks for another time. */
  reschedule: (message: Message) => void;
  showAttempts: (message: Message) => void;
  showTrace: (message: Message) => void;
  jump: (id: number) => void;
  /** Puts the words of a message into the composer. */
  reuse: (message: Message) => void;
  /** Asks what keeps messages from going out. */
  diagnose: () => void;
  again: (key: string) => void;
  takeBack: (key: string) => void;
  discard: (key: string) => void;
  /** Sends refused words after all, taking the chat from whoever has it. */
  takeOverAndSend: (key: string) => void;
}

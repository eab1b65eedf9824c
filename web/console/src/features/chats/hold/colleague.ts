import type { ChatSummary, ConversationDetail } from '@api/schema';

/** The colleague who has a chat; null when nobody of this console has it, or oneself. */
export function colleagueOf(chat: ChatSummary | undefined, detail: ConversationDetail | undefined, me: { id: string; name: string }): string | null {
  if (!chat?.is_locked || !chat.held_by) return null;
  // Names repeat; the id, once read, decides.
  const id = detail?.id === chat.id && detail.held_by === chat.held_by ? detail.held_by_id : null;
  return (id ? id === me.id : chat.held_by === me.name) ? null : chat.held_by;
}

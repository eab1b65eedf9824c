/** The shapes of the server's answers. Names are the wire's: snake_case, times RFC 3339 in UTC. */

export type ChannelSource = 'whatsapp' | 'instagram' | 'facebook' | 'web';

export interface Operator {
  id: string;
  name: string;
  email: string;
  role: string;
  platform_admin: boolean;
  disabled?: boolean;
}

export interface Session {
  operator: Operator;
  tenant: { id: string; name: string };
}

export interface ChatSummary {
  id: string;
  customer_phone: string;
  display_name: string;
  last_message: string;
  /** When the last message was said. */
  timestamp: string;
  channel_source: ChannelSource;
  unread_count: number;
  is_locked: boolean;
  /** The id of the connected account the conversation runs on. */
  platform_origin: string;
  /** When the contact last wrote. */
  last_interaction_at: string | null;
  /** When the time for free text ends; null where the network has no such limit. */
  window_expires_at: string | null;
  /** Name of the human who has it, "" for one outside this product, null when nobody has. */
  held_by: string | null;
  /** Who said the last message, where the server tells. */
  last_message_author?: AuthorKind | null;
}

export type AuthorKind = 'contact' | 'agent' | 'operator' | 'echo' | 'system';

export type MessageStatus =
  | 'received' | 'queued' | 'sending' | 'uncertain' | 'sent' | 'delivered'
  | 'read' | 'played' | 'failed' | 'cancelled' | 'withdrawn';

export interface Attachment {
  type: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  /** Null while the bytes are still being fetched from the network, or when that failed. */
  url: string | null;
  filename?: string | null;
  mime_type?: string | null;
  /** Bytes. */
  size?: number | null;
  width?: number | null;
  height?: number | null;
}

/** Why a message failed, in words for the operator. */
export interface MessageError {
  code: string;
  network_code?: string | number | null;
  message: string;
  next_step?: string | null;
}

/** What a message says beyond its words; which fields are there depends on the message's type. */
export interface MessageData {
  latitude?: number;
  longitude?: number;
  name?: string | null;
  place?: string | null;
  cards?: { name: string; phone?: string | null; email?: string | null; organization?: string | null }[];
  kind?: string | null;
  title?: string | null;
  description?: string | null;
  note?: string | null;
  items?: { product_id: string; quantity: number; price: number; currency: string }[];
  url?: string | null;
  words?: string | null;
  reason?: string | null;
}

export interface Referral {
  source_url?: string | null;
  headline?: string | null;
  body?: string | null;
  media_url?: string | null;
}

export interface Message {
  id: number;
  conversation_id: string;
  sender: 'user' | 'agent';
  author: { kind: AuthorKind; name: string | null };
  type: string;
  content: string;
  timestamp: string;
  attachments?: Attachment[];
  correlation_id?: string | null;
  status: MessageStatus;
  not_before?: string | null;
  error?: MessageError | null;
  reply_to?: number | null;
  /** Enough of the quoted message to show it without reading it. */
  quoted?: { id: number; sender: 'user' | 'agent'; content: string } | null;
  is_echo?: boolean;
  data?: MessageData | null;
  referral?: Referral | null;
  reactions?: { emoji: string; by: string; name?: string }[];
  edits?: unknown[];
  forwarded?: boolean;
  deleted_at?: string | null;
}

/** One conversation with everything that stands around it. */
export interface ConversationDetail {
  id: string;
  contact: { id: string; display_name: string; phone: string; created_at: string; attributes: Record<string, unknown>; identities: { kind: string; value: string }[] };
  account: { id: string; name: string; channel: string; state: ChannelAccount['state']; state_reason: string | null };
  channel_source: ChannelSource;
  created_at: string;
  last_message: string;
  last_message_at: string;
  last_interaction_at: string | null;
  window_expires_at: string | null;
  unread_count: number;
  is_locked: boolean;
  held_by: string | null;
  why: 'take_over' | 'echo' | 'hand_off' | 'reply' | null;
  held_since: string | null;
  held_until: string | null;
}

export interface SentMessage {
  status: string;
  message_id: number;
  correlation_id: string;
  delivery_status: MessageStatus;
  not_before: string | null;
}

export interface Attempt {
  n: number;
  started_at: string;
  ended_at: string | null;
  outcome: 'accepted' | 'refused' | 'uncertain' | 'settled' | null;
  network_code: string | number | null;
  external_id: string | null;
  raw: string | null;
}

export interface HumanOverride {
  locked: boolean;
  held_by: string | null;
  why: string | null;
  until: string | null;
}

export interface Check {
  check: string;
  ok: boolean;
  detail: string;
  fix: string | null;
}

export interface TraceStep {
  at: string;
  kind: string;
  title: string;
  detail: unknown;
}

export interface Trace {
  ids: Record<string, unknown> | string[];
  steps: TraceStep[];
}

export type Verdict = 'applied' | 'duplicate' | 'unsupported' | 'anomalous' | 'unrouted' | 'failed';

export interface ReceiptItem {
  kind?: string;
  verdict: Verdict;
  reason?: string | null;
  external_id?: string | null;
  message?: number | null;
  conversation?: string | null;
}

export interface Receipt {
  id: string;
  received_at: string;
  verdict: Verdict;
  reason: string | null;
  account_id: string | null;
  lag_ms: number | null;
  correlation_id: string | null;
  items: ReceiptItem[];
  body?: string | null;
}

export type Reconciliation = Record<string, unknown>;

export interface Words {
  en: string;
  es: string;
}

export interface Setting {
  name: string;
  label: Words;
  help: Words;
  kind: 'text' | 'secret' | 'url' | 'number' | 'boolean' | 'choice';
  required: boolean;
  default: string | number | boolean | null;
  pattern?: string | null;
  choices?: string[] | null;
}

export interface ChannelSchema {
  channel: string;
  name: string;
  channel_source: ChannelSource;
  settings: Setting[];
  capabilities: Record<string, unknown>;
}

export interface ChannelAccount {
  id: string;
  channel: string;
  name: string;
  channel_source: ChannelSource;
  /** Where the network sends its webhooks; owners only, as are the settings. */
  webhook_url: string | null;
  state: 'connected' | 'paused' | 'disabled';
  /** Why it is paused, as a stable word such as token_expired. */
  state_reason: string | null;
  settings: Record<string, string>;
  /** Names of the secrets that are set; their values are never read back. */
  secrets_set: string[];
}

export interface ConnectionTest {
  ok: boolean;
  detail: Words;
  fix: Words | null;
}

/** What an owner sets for the whole tenant. */
export interface TenantSettings {
  name: string;
  lock_on_reply: boolean;
  send_read_receipts: boolean;
  receipt_days: number;
  troubled_receipt_days: number;
}

export interface Token {
  id: string;
  name: string;
  role: string;
  created_at?: string | null;
  last_used_at?: string | null;
  revoked_at?: string | null;
}

export interface Tenant {
  id: string;
  name: string;
  created_at?: string | null;
}

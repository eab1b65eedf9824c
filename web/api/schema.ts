/**
 * Names for the shapes of the server's answers. They are the server's own, from generated.ts; what is written by hand here
 * is finer than its document can say, and each such part tells why. Telling more of a field that is gone does not compile.
 */
import type { components } from './generated';

export type Schemas = components['schemas'];

/** One of the document's shapes with some of its fields told more exactly. */
export type Finer<Shape, Fields extends { [Field in keyof Fields]: Field extends keyof Shape ? unknown : never }> = Omit<Shape, keyof Fields> & Fields;

/** By hand: a text on the server, so that a new network needs no new type there. */
export type ChannelSource = 'whatsapp' | 'instagram' | 'facebook' | 'web';

/** By hand: a text on the server, whose two words older clients set. */
type Sender = 'user' | 'agent';

/** By hand: the id is there, as whoever signed in is a person; API tokens have none. */
export type Session = Finer<Schemas['Me'], { operator: Finer<Schemas['MyOperator'], { id: string }> }>;
export type Operator = Schemas['OperatorRow'];
export type Colleague = Schemas['Colleague'];
export type PasswordRules = Schemas['PasswordRules'];
export type Tenant = Schemas['TenantRow'];
export type TenantSettings = Schemas['TenantSettings'];
export type Token = Schemas['TokenRow'];
export type Snippet = Schemas['SnippetView'];

export type ChatSummary = Finer<Schemas['ChatSummary'], { channel_source: ChannelSource }>;

/** By hand: the notes are whatever JSON was noted, so the document calls them unknown; they are an object. */
export type ConversationDetail = Finer<Schemas['ConversationDetail'], {
  channel_source: ChannelSource;
  contact: Finer<Schemas['ContactView'], { attributes: Record<string, unknown> }>;
}>;
export type HumanOverride = Schemas['OverrideState'];
export type Check = Schemas['DiagnosisCheck'];

export type MessageStatus = Schemas['MessageStatus'];
export type SentMessage = Schemas['SendAnswer'];
export type Attempt = Schemas['AttemptView'];

export type Attachment = Schemas['AttachmentView'];

/** By hand: the document calls it unknown, as each type of message has fields of its own. */
export interface MessageData {
  latitude?: number;
  longitude?: number;
  name?: string | null;
  place?: string | null;
  cards?: { name: string; phone?: string | null; email?: string | null; organization?: string | null }[];
  kind?: string | null;
  title?: string | null;
  note?: string | null;
  items?: { product_id: string; quantity: number; price: number; currency: string }[];
  url?: string | null;
  reason?: string | null;
  look?: TemplateLook | null;
}

/** By hand: what happened to a message later or brought it stands beside its fields, open to what networks invent. */
interface MessageExtras {
  referral?: { source_type?: string | null; source_url?: string | null; headline?: string | null; body?: string | null; media_url?: string | null } | null;
  /** `by: account` is ours: the message that carries it, and how far that came. */
  reactions?: { emoji: string; by: string; name?: string; message_id?: number; status?: string }[];
  edits?: unknown[];
  forwarded?: boolean;
  deleted_at?: string | null;
}

export type Message = MessageExtras & Finer<Schemas['MessageView'], {
  sender: Sender;
  attachments: Attachment[];
  quoted?: Finer<Schemas['QuotedView'], { sender: Sender }> | null;
  data?: MessageData | null;
}>;

/** By hand: a step's values are texts and numbers, its detail is any JSON; the document writes both as empty objects. */
export type Trace = Finer<Schemas['Trace'], { steps: Finer<Schemas['TraceStep'], { values: Record<string, string | number>; detail: unknown }>[] }>;

export type Verdict = Schemas['Verdict'];
export type Receipt = Schemas['ReceiptRow'];
export type Reconciliation = Schemas['DayBooks'];
export type AccountBooks = Schemas['AccountBooks'];
export type IntakeHealth = Schemas['IntakeHealth'];

export type Words = Schemas['Words'];
export type Setting = Schemas['SettingField'];
export type ChannelSchema = Finer<Schemas['ChannelSchema'], { channel_source: ChannelSource }>;
export type ChannelAccount = Finer<Schemas['AccountView'], { channel_source: ChannelSource }>;
export type ConnectionTest = Schemas['AccountTest'];

export type TemplateSlot = Schemas['TemplateSlot'];
export type TemplateLook = Schemas['TemplateLook'];
export type Template = Schemas['TemplateView'];
export type TemplateStory = Schemas['TemplateStory'];
export type TemplateCatalogue = Schemas['CatalogueView'];
export type TemplatePreview = Schemas['TemplatePreviewAnswer'];
export type Consent = Schemas['ConsentView'];
export type ConsentStory = Schemas['ConsentStory'];

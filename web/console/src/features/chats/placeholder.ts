import { usePreferences, type Language } from '@/ui/preferences';
import { dictionary } from '@/ui/words';

/** What the server writes, in English, where a message has no words of its own. */
const kinds = dictionary({
  Image: ['Image', 'Imagen'],
  Video: ['Video', 'Video'],
  Audio: ['Audio', 'Audio'],
  'Voice note': ['Voice note', 'Nota de voz'],
  Sticker: ['Sticker', 'Sticker'],
  Document: ['Document', 'Documento'],
  Location: ['Location', 'Ubicación'],
  Contact: ['Contact', 'Contacto'],
  Order: ['Order', 'Pedido'],
  Template: ['Template', 'Plantilla'],
  Button: ['Button', 'Botón'],
  Deleted: ['Deleted', 'Borrado'],
  Unsupported: ['Unsupported', 'No compatible'],
  'story reply': ['Reply to a story', 'Respuesta a una historia'],
  'story mention': ['Mention in a story', 'Mención en una historia'],
  post: ['Post', 'Publicación'],
  reel: ['Reel', 'Reel'],
  link: ['Link', 'Enlace'],
});

/** The networks' words for what cannot be shown. */
const unsupported = dictionary({
  poll: ['poll', 'encuesta'],
  poll_creation: ['poll', 'encuesta'],
  event: ['event', 'evento'],
  reaction: ['reaction', 'reacción'],
  ephemeral: ['view-once photo or video', 'foto o video para ver una vez'],
  view_once: ['view-once photo or video', 'foto o video para ver una vez'],
  group_message: ['group message', 'mensaje de grupo'],
  attachment: ['attachment', 'adjunto'],
  empty: ['empty message', 'mensaje vacío'],
  unknown: ['unknown', 'desconocido'],
  unsupported: ['unknown', 'desconocido'],
  request_welcome: ['first contact', 'primer contacto'],
});

/** The name of a kind that cannot be shown; the network's own word when this console does not know it. */
export const unsupportedKind = (kind: string, language: Language): string => (unsupported[language] as Record<string, string>)[kind] ?? kind.replaceAll('_', ' ');

/** The name of a shared thing: a post, a reel, an answer to a story. */
export const sharedKind = (kind: string, language: Language): string => (kinds[language] as Record<string, string>)[kind.replaceAll('_', ' ')] ?? kind.replaceAll('_', ' ');

const form = /^\[([A-Za-z ]+)(?:: ([\s\S]*))?\]$/;

/** A message's words for lists and quotes: the server's placeholders in the operator's language, everything else as it is. */
export function spoken(content: string, language: Language): string {
  const [, kind, detail] = form.exec(content) ?? [];
  const name = kind && (kinds[language] as Record<string, string>)[kind];
  if (!name) return content;
  return detail === undefined ? name : `${name}: ${kind === 'Unsupported' ? unsupportedKind(detail, language) : detail}`;
}

/** {@link spoken} in the language of whoever looks. */
export function useSpoken(): (content: string) => string {
  const { language } = usePreferences();
  return (content) => spoken(content, language);
}

import { dictionary } from '@/ui/words';

/** What is said of templates wherever they are shown. */
export const words = dictionary({
  search: ['Search templates', 'Buscar plantillas'],
  none: ['No templates match', 'Ninguna plantilla coincide'],
  noneWhy: ['Try other words, or synchronise the templates.', 'Buscá otras palabras o sincronizá las plantillas.'],
  noTemplates: ['No approved template yet', 'Todavía no hay plantillas aprobadas'],
  noTemplatesWhy: [
    'Create one with the network. It appears here once approved.',
    'Creá una en la red; aparece acá cuando la aprueben.',
  ],
  send: ['Send template', 'Enviar plantilla'],
  back: ['Other template', 'Otra plantilla'],
  sends: ['This is exactly what they get', 'Esto es exactamente lo que sale'],
  fillIn: ['Fill in what is missing', 'Completá lo que falta'],
  opted: ['This person opted out of marketing', 'Esta persona dejó de recibir marketing'],
  missing: ['needed', 'hace falta'],
  copyCode: ['Copy code', 'Copiar código'],
  'header.link': ['Address of the file', 'Dirección del archivo'],
  'header.filename': ['Name of the file', 'Nombre del archivo'],
  'header.name': ['Name of the place', 'Nombre del lugar'],
  'header.address': ['Street address', 'Calle y número'],
  'header.latitude': ['Latitude', 'Latitud'],
  'header.longitude': ['Longitude', 'Longitud'],
  variable: [(name: string) => `Variable ${name}`, (name: string) => `Variable ${name}`],
  ofHeader: [(label: string) => `${label} (header)`, (label: string) => `${label} (encabezado)`],
  ofUrl: [(button: string) => `End of the link of “${button}”`, (button: string) => `Final de la dirección de «${button}»`],
  ofCode: [(button: string) => `Code of “${button}”`, (button: string) => `Código de «${button}»`],
  code: ['One-time code', 'Código de un solo uso'],
  example: [(value: string) => `e.g. ${value}`, (value: string) => `p. ej. ${value}`],
  image: ['Image', 'Imagen'],
  video: ['Video', 'Video'],
  gif: ['GIF', 'GIF'],
  document: ['Document', 'Documento'],
  location: ['Place', 'Lugar'],
  unknown: [(kinds: string) => `Cannot be shown: ${kinds}`, (kinds: string) => `No se puede mostrar: ${kinds}`],
  preview: ['Preview', 'Vista previa'],
  list: ['Templates', 'Plantillas'],
  'kind_CAROUSEL': ['a carousel of cards', 'un carrusel de tarjetas'],
  'kind_LIMITED_TIME_OFFER': ['an offer with a deadline', 'una oferta con plazo'],
  'kind_BUTTON:FLOW': ['a button that opens a form', 'un botón que abre un formulario'],
  'kind_BUTTON:MPM': ['a list of products', 'una lista de productos'],
  'kind_BUTTON:SPM': ['a product', 'un producto'],
  'kind_PRODUCT_LIST': ['a list of products', 'una lista de productos'],
  'kind_BUTTON:ORDER_DETAILS': ['an order to pay', 'un pedido para pagar'],
  'kind_ORDER_STATUS': ['the state of an order', 'el estado de un pedido'],
  MARKETING: ['Marketing', 'Marketing'],
  UTILITY: ['Utility', 'Utilidad'],
  AUTHENTICATION: ['Authentication', 'Autenticación'],
  APPROVED: ['Approved', 'Aprobada'],
  PENDING: ['In review', 'En revisión'],
  REJECTED: ['Rejected', 'Rechazada'],
  PAUSED: ['Paused', 'En pausa'],
  DISABLED: ['Disabled', 'Deshabilitada'],
  DELETED: ['Deleted', 'Eliminada'],
  IN_APPEAL: ['In appeal', 'Apelada'],
  PENDING_DELETION: ['Being deleted', 'Eliminándose'],
  FLAGGED: ['Flagged', 'Observada'],
  LIMIT_EXCEEDED: ['Limit exceeded', 'Límite superado'],
  ARCHIVED: ['Archived', 'Archivada'],
  LOCKED: ['Locked', 'Bloqueada'],
});

/** The word for a network's status or category; one that nobody here knows stays as the network wrote it. */
export const wordOf = (w: Record<string, unknown>, word: string) => (typeof w[word] === 'string' ? (w[word] as string) : word);

/** Kinds of parts that cannot be filled or shown here, as people call them; one that nobody here knows stays as the network wrote it. */
export const kindsOf = (w: Record<string, unknown>, kinds: readonly string[]) =>
  kinds.map((kind) => (typeof w[`kind_${kind}`] === 'string' ? w[`kind_${kind}`] as string : kind)).join(', ');

/** "order_ready" as people read it. */
export const title = (name: string) => {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const statusTone = (status: string) =>
  status === 'APPROVED' ? 'good' as const : status === 'PENDING' || status === 'IN_APPEAL' || status === 'FLAGGED' || status === 'PAUSED' ? 'warn' as const : status === 'REJECTED' || status === 'DISABLED' ? 'bad' as const : 'plain' as const;

import { dictionary } from '@/ui/words';

/** What is said of templates wherever they are shown. */
export const words = dictionary(
  {
    search: 'Search templates', none: 'No template fits', noneWhy: 'Look for other words, or synchronise the templates.', noTemplates: 'No approved template yet', noTemplatesWhy: 'Create one with the network; it appears here once it is approved.',
    send: 'Send template', back: 'Other template', sends: 'This is exactly what leaves', fillIn: 'Fill in what is missing', opted: 'This person has stopped marketing', missing: 'needed', copyCode: 'Copy code',
    'header.link': 'Address of the file', 'header.filename': 'Name of the file', 'header.name': 'Name of the place', 'header.address': 'Street address', 'header.latitude': 'Latitude', 'header.longitude': 'Longitude',
    variable: (name: string) => `Variable ${name}`, ofHeader: (label: string) => `${label} (header)`, ofUrl: (button: string) => `End of the address of “${button}”`, ofCode: (button: string) => `Code of “${button}”`, code: 'One-time code', example: (value: string) => `e.g. ${value}`,
    image: 'Image', video: 'Video', gif: 'GIF', document: 'Document', location: 'Place', unknown: (kinds: string) => `Cannot be shown: ${kinds}`, preview: 'Preview', list: 'Templates',
    'kind_CAROUSEL': 'a carousel of cards', 'kind_LIMITED_TIME_OFFER': 'an offer with a deadline', 'kind_BUTTON:FLOW': 'a button that opens a form', 'kind_BUTTON:MPM': 'a list of products', 'kind_BUTTON:SPM': 'a product', 'kind_PRODUCT_LIST': 'a list of products', 'kind_BUTTON:ORDER_DETAILS': 'an order to pay', 'kind_ORDER_STATUS': 'the state of an order',
    MARKETING: 'Marketing', UTILITY: 'Utility', AUTHENTICATION: 'Authentication',
    APPROVED: 'Approved', PENDING: 'In review', REJECTED: 'Rejected', PAUSED: 'Paused', DISABLED: 'Disabled', DELETED: 'Deleted', IN_APPEAL: 'In appeal', PENDING_DELETION: 'Being deleted', FLAGGED: 'Flagged', LIMIT_EXCEEDED: 'Limit exceeded', ARCHIVED: 'Archived', LOCKED: 'Locked',
  },
  {
    search: 'Buscar plantillas', none: 'Ninguna plantilla coincide', noneWhy: 'Buscá otras palabras o sincronizá las plantillas.', noTemplates: 'Todavía no hay plantillas aprobadas', noTemplatesWhy: 'Creá una en la red; aparece acá cuando la aprueben.',
    send: 'Enviar plantilla', back: 'Otra plantilla', sends: 'Esto es exactamente lo que sale', fillIn: 'Completá lo que falta', opted: 'Esta persona dejó de recibir marketing', missing: 'hace falta', copyCode: 'Copiar código',
    'header.link': 'Dirección del archivo', 'header.filename': 'Nombre del archivo', 'header.name': 'Nombre del lugar', 'header.address': 'Calle y número', 'header.latitude': 'Latitud', 'header.longitude': 'Longitud',
    variable: (name: string) => `Variable ${name}`, ofHeader: (label: string) => `${label} (encabezado)`, ofUrl: (button: string) => `Final de la dirección de «${button}»`, ofCode: (button: string) => `Código de «${button}»`, code: 'Código de un solo uso', example: (value: string) => `p. ej. ${value}`,
    image: 'Imagen', video: 'Video', gif: 'GIF', document: 'Documento', location: 'Lugar', unknown: (kinds: string) => `No se puede mostrar: ${kinds}`, preview: 'Vista previa', list: 'Plantillas',
    'kind_CAROUSEL': 'un carrusel de tarjetas', 'kind_LIMITED_TIME_OFFER': 'una oferta con plazo', 'kind_BUTTON:FLOW': 'un botón que abre un formulario', 'kind_BUTTON:MPM': 'una lista de productos', 'kind_BUTTON:SPM': 'un producto', 'kind_PRODUCT_LIST': 'una lista de productos', 'kind_BUTTON:ORDER_DETAILS': 'un pedido para pagar', 'kind_ORDER_STATUS': 'el estado de un pedido',
    MARKETING: 'Marketing', UTILITY: 'Utilidad', AUTHENTICATION: 'Autenticación',
    APPROVED: 'Aprobada', PENDING: 'En revisión', REJECTED: 'Rechazada', PAUSED: 'En pausa', DISABLED: 'Deshabilitada', DELETED: 'Eliminada', IN_APPEAL: 'Apelada', PENDING_DELETION: 'Eliminándose', FLAGGED: 'Observada', LIMIT_EXCEEDED: 'Límite superado', ARCHIVED: 'Archivada', LOCKED: 'Bloqueada',
  },
);

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

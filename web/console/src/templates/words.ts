import { dictionary } from '@/ui/words';

/** What is said of templates wherever they are shown. */
export const words = dictionary(
  {
    search: 'Search templates', none: 'No template fits', noneWhy: 'Look for other words, or synchronise the templates.', noTemplates: 'No approved template yet', noTemplatesWhy: 'Create one with the network; it appears here once it is approved.',
    send: 'Send template', back: 'Other template', sends: 'This is exactly what leaves', fillIn: 'Fill in what is missing', opted: 'This person has stopped marketing', missing: 'needed', copyCode: 'Copy code',
    'header.link': 'Address of the file', 'header.filename': 'Name of the file', 'header.name': 'Name of the place', 'header.address': 'Street address', 'header.latitude': 'Latitude', 'header.longitude': 'Longitude',
    variable: (name: string) => `Variable ${name}`, ofHeader: (label: string) => `${label} (header)`, ofUrl: (button: string) => `End of the address of “${button}”`, ofCode: (button: string) => `Code of “${button}”`, code: 'One-time code', example: (value: string) => `e.g. ${value}`,
    image: 'Image', video: 'Video', gif: 'GIF', document: 'Document', location: 'Place', unknown: (kinds: string) => `Cannot be shown: ${kinds}`, preview: 'Preview', list: 'Templates',
    MARKETING: 'Marketing', UTILITY: 'Utility', AUTHENTICATION: 'Authentication',
    APPROVED: 'Approved', PENDING: 'In review', REJECTED: 'Rejected', PAUSED: 'Paused', DISABLED: 'Disabled', DELETED: 'Deleted', IN_APPEAL: 'In appeal', PENDING_DELETION: 'Being deleted', FLAGGED: 'Flagged', LIMIT_EXCEEDED: 'Limit exceeded', ARCHIVED: 'Archived', LOCKED: 'Locked',
  },
  {
    search: 'Buscar plantillas', none: 'Ninguna plantilla coincide', noneWhy: 'Buscá otras palabras o sincronizá las plantillas.', noTemplates: 'Todavía no hay plantillas aprobadas', noTemplatesWhy: 'Creá una en la red; aparece acá cuando la aprueben.',
    send: 'Enviar plantilla', back: 'Otra plantilla', sends: 'Esto es exactamente lo que sale', fillIn: 'Completá lo que falta', opted: 'Esta persona dejó de recibir marketing', missing: 'hace falta', copyCode: 'Copiar código',
    'header.link': 'Dirección del archivo', 'header.filename': 'Nombre del archivo', 'header.name': 'Nombre del lugar', 'header.address': 'Calle y número', 'header.latitude': 'Latitud', 'header.longitude': 'Longitud',
    variable: (name: string) => `Variable ${name}`, ofHeader: (label: string) => `${label} (encabezado)`, ofUrl: (button: string) => `Final de la dirección de «${button}»`, ofCode: (button: string) => `Código de «${button}»`, code: 'Código de un solo uso', example: (value: string) => `p. ej. ${value}`,
    image: 'Imagen', video: 'Video', gif: 'GIF', document: 'Documento', location: 'Lugar', unknown: (kinds: string) => `No se puede mostrar: ${kinds}`, preview: 'Vista previa', list: 'Plantillas',
    MARKETING: 'Marketing', UTILITY: 'Utilidad', AUTHENTICATION: 'Autenticación',
    APPROVED: 'Aprobada', PENDING: 'En revisión', REJECTED: 'Rechazada', PAUSED: 'En pausa', DISABLED: 'Deshabilitada', DELETED: 'Eliminada', IN_APPEAL: 'Apelada', PENDING_DELETION: 'Eliminándose', FLAGGED: 'Observada', LIMIT_EXCEEDED: 'Límite superado', ARCHIVED: 'Archivada', LOCKED: 'Bloqueada',
  },
);

/** The word for a network's status or category; one that nobody here knows stays as the network wrote it. */
export const wordOf = (w: Record<string, unknown>, word: string) => (typeof w[word] === 'string' ? (w[word] as string) : word);

/** "order_ready" as people read it. */
export const title = (name: string) => {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const statusTone = (status: string) =>
  status === 'APPROVED' ? 'good' as const : status === 'PENDING' || status === 'IN_APPEAL' || status === 'FLAGGED' || status === 'PAUSED' ? 'warn' as const : status === 'REJECTED' || status === 'DISABLED' ? 'bad' as const : 'plain' as const;

import { count, dictionary } from '@/ui/words';

export const words = dictionary({
  title: ['Receipts', 'Recepciones'],
  findTrace: ['Find a message', 'Buscar un mensaje'],
  lead: [
    'Everything the networks sent, what we made of it, and how late it came.',
    'Todo lo que enviaron las redes, qué hicimos con eso y con cuánta demora llegó.',
  ],
  verdict: ['Verdict', 'Veredicto'],
  all: ['All', 'Todos'],
  applied: ['Applied', 'Aplicado'],
  duplicate: ['Duplicate', 'Duplicado'],
  unsupported: ['Unsupported', 'No soportado'],
  anomalous: ['Anomalous', 'Anómalo'],
  unrouted: ['Unrouted', 'Sin destino'],
  failed: ['Failed', 'Fallido'],
  received: ['Received', 'Recibido'],
  lag: ['Lag', 'Demora'],
  items: ['Items', 'Ítems'],
  reason: ['Reason', 'Motivo'],
  none: ['No receipts', 'No hay recepciones'],
  noneWhy: ['Receipts appear as soon as a network calls a webhook of yours.', 'Aparecen apenas una red llama a uno de tus webhooks.'],
  replay: ['Replay', 'Reprocesar'],
  replayFailed: ['Replay what failed', 'Reprocesar lo fallido'],
  replayFailedNote: [
    'Reads again every failed receipt of the last 24 hours. What was applied once is not applied twice.',
    'Vuelve a leer todo lo que falló en las últimas 24 horas. Lo que ya se aplicó no se aplica dos veces.',
  ],
  replayed: [
    (n: number) => count(n, 'receipt replayed', 'receipts replayed'),
    (n: number) => count(n, 'recepción reprocesada', 'recepciones reprocesadas'),
  ],
  detail: ['Receipt', 'Recepción'],
  body: ['Raw body', 'Cuerpo original'],
  noBody: ['The raw body belongs to the platform.', 'El cuerpo original pertenece a la plataforma.'],
  openChat: ['Open the chat', 'Abrir el chat'],
  reconciliation: ['Reconciliation', 'Conciliación'],
  day: ['Day', 'Día'],
  reconciliationLead: [
    'Of one day: what came in equals the sum of the verdicts.',
    'De un día: lo que entró es igual a la suma de los veredictos.',
  ],
  correlation: ['Correlation id', 'Id de correlación'],
  more: ['Show more', 'Mostrar más'],
  adds: ['The sums agree', 'Las sumas coinciden'],
  addsNot: ['The sums do not agree', 'Las sumas no coinciden'],
});

export const verdictTone = { applied: 'good', duplicate: 'plain', unsupported: 'plain', anomalous: 'warn', unrouted: 'warn', failed: 'bad' } as const;
export const verdicts = Object.keys(verdictTone) as (keyof typeof verdictTone)[];

import { count, dictionary } from '@/ui/words';

export const words = dictionary(
  {
    title: 'Receipts', findTrace: 'Find a message', lead: 'Everything the networks sent, what we made of it, and how late it came.', verdict: 'Verdict', all: 'All', applied: 'Applied', duplicate: 'Duplicate',
    unsupported: 'Unsupported', anomalous: 'Anomalous', unrouted: 'Unrouted', failed: 'Failed', received: 'Received', lag: 'Lag', items: 'Items', reason: 'Reason', none: 'No receipts',
    noneWhy: 'Receipts appear as soon as a network calls a webhook of yours.', replay: 'Replay', replayFailed: 'Replay what failed', replayFailedNote: 'Reads again every failed receipt of the last 24 hours. What was applied once is not applied twice.',
    replayed: (n: number) => count(n, 'receipt replayed', 'receipts replayed'), detail: 'Receipt', body: 'Raw body', noBody: 'The raw body belongs to the platform.', openChat: 'Open the chat', reconciliation: 'Reconciliation', day: 'Day',
    reconciliationLead: 'Of one day: what came in equals the sum of the verdicts.', correlation: 'Correlation id', more: 'Show more', adds: 'The sums agree', addsNot: 'The sums do not agree',
  },
  {
    title: 'Recepciones', findTrace: 'Buscar un mensaje', lead: 'Todo lo que enviaron las redes, qué hicimos con eso y con cuánta demora llegó.', verdict: 'Veredicto', all: 'Todos', applied: 'Aplicado', duplicate: 'Duplicado',
    unsupported: 'No soportado', anomalous: 'Anómalo', unrouted: 'Sin destino', failed: 'Fallido', received: 'Recibido', lag: 'Demora', items: 'Ítems', reason: 'Motivo', none: 'No hay recepciones',
    noneWhy: 'Aparecen apenas una red llama a uno de tus webhooks.', replay: 'Reprocesar', replayFailed: 'Reprocesar lo fallido', replayFailedNote: 'Vuelve a leer todo lo que falló en las últimas 24 horas. Lo que ya se aplicó no se aplica dos veces.',
    replayed: (n: number) => count(n, 'recepción reprocesada', 'recepciones reprocesadas'), detail: 'Recepción', body: 'Cuerpo original', noBody: 'El cuerpo original pertenece a la plataforma.', openChat: 'Abrir el chat', reconciliation: 'Conciliación', day: 'Día',
    reconciliationLead: 'De un día: lo que entró es igual a la suma de los veredictos.', correlation: 'Id de correlación', more: 'Mostrar más', adds: 'Las sumas coinciden', addsNot: 'Las sumas no coinciden',
  },
);

export const verdictTone = { applied: 'good', duplicate: 'plain', unsupported: 'plain', anomalous: 'warn', unrouted: 'warn', failed: 'bad' } as const;
export const verdicts = Object.keys(verdictTone) as (keyof typeof verdictTone)[];

import { count, dictionary } from '@/ui/words';

export const words = dictionary(
  {
    trace: 'Trace', lead: 'Everything that happened to this message', copyId: 'Copy id', copyLink: 'Copy link', copied: 'Copied', raw: 'Raw data', hideRaw: 'Hide raw data', nothing: 'Nothing was recorded for this message',
    stage_in: 'Came in', stage_agent: 'The AI’s turn', stage_lock: 'Who has the chat', stage_out: 'Went out', stage_said: 'Written', took: (time: string) => `took ${time}`, after: (time: string) => `+${time}`, openChat: 'Open the chat',
    details: 'Details', less: 'Less', started: 'Began', whole: 'From first to last step', attempts: (n: number) => count(n, 'attempt', 'attempts'),
    model: 'Model', builtIn: 'Built-in answerer', version: (n: number) => `Version ${n}`, tokens: 'Tokens', tokensIn: 'in', tokensOut: 'out', cost: 'Cost', latency: 'Time',
    outcome_answered: 'Answered', outcome_handed_off: 'Handed over to a human', outcome_nothing: 'Said nothing', outcome_failed: 'Failed', outcome_overtaken: 'A human took over while it thought', outcome_restarted: 'Started over: the customer wrote more', outcome_abandoned: 'Given up: another node began anew', outcome_running: 'Thinking',
    knowledge: 'What it found in the knowledge', noKnowledge: 'It found nothing that fits', tools: 'Tools it used', noTools: 'It used no tools', reasoning: 'Its reasoning', prompt: 'What the model was given', steps: 'Step by step', given: 'Given', answered: 'Answered', score: 'Match', confident: 'sure', unsure: 'unsure',
    role_system: 'Instructions', role_user: 'Customer', role_assistant: 'AI', role_tool: 'Tool',
    v_applied: 'applied', v_duplicate: 'duplicate', v_unsupported: 'not supported', v_anomalous: 'anomalous', v_unrouted: 'for nobody', v_failed: 'failed', t_text: 'text', t_image: 'image', t_video: 'video', t_audio: 'audio', t_document: 'document', t_sticker: 'sticker', t_location: 'place', t_contacts: 'contact', t_template: 'template',
    f_receipt_id: 'Receipt', f_channel: 'Channel', f_account_id: 'Account', f_verdict: 'Verdict', f_reason: 'Reason', f_lag_ms: 'Delay', f_external_id: 'Id of the network', f_message_id: 'Message', f_conversation_id: 'Chat', f_author: 'By', f_type: 'Kind', f_sent_at: 'Sent at', f_reply_to: 'Answers to', f_delivery_id: 'Delivery', f_attempt_id: 'Attempt', f_send_deadline: 'Valid until', f_network_code: 'Code of the network', f_not_before: 'Not before', f_parts: 'Parts', f_error: 'Error', f_contact_id: 'Contact', f_turn_id: 'Turn', f_correlation_id: 'Correlation id', f_model: 'Model', f_outcome: 'Outcome', f_lock_version: 'Version of the lock', f_ms: 'Took', f_query: 'Searched', f_name: 'Name', f_detail: 'Detail', f_held_by: 'With', f_why: 'Why', f_until: 'Until', f_note: 'Note', f_code: 'Code', f_message: 'Message', f_next_step: 'What helps', f_identity: 'Identity', f_tokens: 'Tokens', f_cost: 'Cost', f_latency_ms: 'Time', f_agent_version: 'Agent version', f_phone: 'Phone', f_summary: 'Summary', f_tool: 'Tool', f_draft: 'Draft', f_raw: 'What the network said', f_item: 'Item', f_input_tokens: 'Tokens in', f_output_tokens: 'Tokens out', f_restarts: 'Begun anew', f_arguments: 'Given', f_result: 'Answered', f_keyword: 'Word', f_said: 'It said', f_try: 'Try', f_places: 'Places',
  },
  {
    trace: 'Traza', lead: 'Todo lo que pasó con este mensaje', copyId: 'Copiar id', copyLink: 'Copiar enlace', copied: 'Copiado', raw: 'Datos en crudo', hideRaw: 'Ocultar los datos en crudo', nothing: 'No se registró nada para este mensaje',
    stage_in: 'Llegó', stage_agent: 'El turno de la IA', stage_lock: 'Quién tiene el chat', stage_out: 'Salió', stage_said: 'Escrito', took: (time: string) => `tardó ${time}`, after: (time: string) => `+${time}`, openChat: 'Abrir el chat',
    details: 'Detalles', less: 'Menos', started: 'Empezó', whole: 'Del primer al último paso', attempts: (n: number) => count(n, 'intento', 'intentos'),
    model: 'Modelo', builtIn: 'Respuesta incorporada', version: (n: number) => `Versión ${n}`, tokens: 'Tokens', tokensIn: 'de entrada', tokensOut: 'de salida', cost: 'Costo', latency: 'Tiempo',
    outcome_answered: 'Respondió', outcome_handed_off: 'Lo derivó a una persona', outcome_nothing: 'No dijo nada', outcome_failed: 'Falló', outcome_overtaken: 'Una persona lo tomó mientras pensaba', outcome_restarted: 'Empezó de nuevo: el cliente siguió escribiendo', outcome_abandoned: 'Abandonado: otro nodo empezó de nuevo', outcome_running: 'Pensando',
    knowledge: 'Lo que encontró en el conocimiento', noKnowledge: 'No encontró nada que sirva', tools: 'Herramientas que usó', noTools: 'No usó herramientas', reasoning: 'Su razonamiento', prompt: 'Lo que recibió el modelo', steps: 'Paso a paso', given: 'Recibió', answered: 'Respondió', score: 'Coincidencia', confident: 'segura', unsure: 'dudosa',
    role_system: 'Instrucciones', role_user: 'Cliente', role_assistant: 'IA', role_tool: 'Herramienta',
    v_applied: 'aplicado', v_duplicate: 'duplicado', v_unsupported: 'no soportado', v_anomalous: 'anómalo', v_unrouted: 'para nadie', v_failed: 'falló', t_text: 'texto', t_image: 'imagen', t_video: 'video', t_audio: 'audio', t_document: 'documento', t_sticker: 'sticker', t_location: 'lugar', t_contacts: 'contacto', t_template: 'plantilla',
    f_receipt_id: 'Recepción', f_channel: 'Canal', f_account_id: 'Cuenta', f_verdict: 'Veredicto', f_reason: 'Motivo', f_lag_ms: 'Demora', f_external_id: 'Id de la red', f_message_id: 'Mensaje', f_conversation_id: 'Chat', f_author: 'De', f_type: 'Tipo', f_sent_at: 'Enviado', f_reply_to: 'Responde a', f_delivery_id: 'Entrega', f_attempt_id: 'Intento', f_send_deadline: 'Vale hasta', f_network_code: 'Código de la red', f_not_before: 'No antes de', f_parts: 'Partes', f_error: 'Error', f_contact_id: 'Contacto', f_turn_id: 'Turno', f_correlation_id: 'Id de correlación', f_model: 'Modelo', f_outcome: 'Resultado', f_lock_version: 'Versión del bloqueo', f_ms: 'Tardó', f_query: 'Buscó', f_name: 'Nombre', f_detail: 'Detalle', f_held_by: 'Lo tiene', f_why: 'Por qué', f_until: 'Hasta', f_note: 'Nota', f_code: 'Código', f_message: 'Mensaje', f_next_step: 'Qué ayuda', f_identity: 'Identidad', f_tokens: 'Tokens', f_cost: 'Costo', f_latency_ms: 'Tiempo', f_agent_version: 'Versión del agente', f_phone: 'Teléfono', f_summary: 'Resumen', f_tool: 'Herramienta', f_draft: 'Borrador', f_raw: 'Lo que dijo la red', f_item: 'Ítem', f_input_tokens: 'Tokens de entrada', f_output_tokens: 'Tokens de salida', f_restarts: 'Empezó de nuevo', f_arguments: 'Recibió', f_result: 'Respondió', f_keyword: 'Palabra', f_said: 'Dijo', f_try: 'Intento', f_places: 'Lugares',
  },
);

export type Words = (typeof words)['en'];

/** The word for a field of a step's detail; an unknown one is shown as it is called. */
export function fieldName(w: Words, name: string): string {
  const known = (w as unknown as Record<string, unknown>)[`f_${name}`];
  return typeof known === 'string' ? known : name.replaceAll('_', ' ');
}

/** The word for how a turn ended. */
export function outcomeName(w: Words, outcome: string): string {
  const known = (w as unknown as Record<string, unknown>)[`outcome_${outcome}`];
  return typeof known === 'string' ? known : outcome.replaceAll('_', ' ');
}

/** The word for a verdict (v) or a kind of message (t); one that nobody here knows stays as it is. */
export function wordFor(w: Words, of: 'v' | 't', value: string): string {
  const known = (w as unknown as Record<string, unknown>)[`${of}_${value}`];
  return typeof known === 'string' ? known : value;
}

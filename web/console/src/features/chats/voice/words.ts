import { dictionary } from '@/ui/words';

export const words = dictionary({
  record: ['Record a voice note', 'Grabar una nota de voz'],
  recording: ['Recording', 'Grabando'],
  stop: ['Stop and listen', 'Parar y escuchar'],
  discard: ['Discard the recording', 'Descartar la grabación'],
  send: ['Send the voice note', 'Enviar la nota de voz'],
  sending: ['Uploading the voice note', 'Subiendo la nota de voz'],
  yours: ['Your recording', 'Tu grabación'],
  again: ['Try again', 'Reintentar'],
  refused: ['The microphone cannot be used', 'No se puede usar el micrófono'],
  refusedWhy: ['Allow it for this site in your browser, or connect one.', 'Permitilo para este sitio en el navegador, o conectá uno.'],
});

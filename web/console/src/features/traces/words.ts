import { dictionary } from '@/ui/words';

export const words = dictionary({
  title: ['Trace', 'Traza'],
  lead: ['See what happened to a message. Any of its ids will find it.', 'Qué pasó con un mensaje, buscado por cualquiera de sus ids.'],
  place: ['Correlation id, message id, or the network’s id', 'Id de correlación, de mensaje o de la red'],
  find: ['Find', 'Buscar'],
  start: ['Paste an id', 'Pegá un id'],
  startWhy: [
    'From a log, a message, a receipt or the network: any of them brings up the whole story.',
    'De un registro, un globo, una recepción o la red: con cualquiera se encuentra la historia completa.',
  ],
});

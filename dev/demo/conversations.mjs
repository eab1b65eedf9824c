// The demo's chats. Each line: minutes before now, who ("<" the customer, ">" the business's own phone), what.
// A reply that the operator sends from the console itself comes last, without minutes.
export const conversations = [
  {
    phone: '5491155550101', name: 'Valentina Ríos', lines: [
      [190, '<', 'Hola! Quería encargar una torta para el sábado'],
      [186, '>', '¡Hola Valentina! Claro, ¿para cuántas personas sería?'],
      [183, '<', 'Somos 14. Algo con dulce de leche y frutillas, si puede ser sin maní (mi sobrino es alérgico)'],
      [180, '>', 'Anotado: 14 porciones, dulce de leche y frutillas, sin maní en toda la cocina ese día'],
      [42, '<', 'Genial. ¿Puedo pasar a buscarla a las 11?'],
      [41, '<', 'Ah, y que diga "Feliz cumple Tomi"'],
    ],
  },
  {
    phone: '14155550123', name: 'Daniel Okafor', reply: 'Hi Daniel! Two sourdough loaves are set aside for you, open until 7 pm today.', lines: [
      [65, '<', 'Hi! Do you still have sourdough today?'],
      [64, '<', 'I can be there around 6'],
    ],
  },
  {
    phone: '5511955550144', name: 'Camila Duarte', lines: [
      [300, '<', 'Boa tarde! Vocês entregam em Palermo?'],
      [296, '>', 'Hola Camila, sí: entregamos en Palermo de 9 a 13.'],
      [25, '<', { type: 'location', location: { latitude: -34.5875, longitude: -58.4205, name: 'Plaza Serrano', address: 'Palermo, Buenos Aires' } }],
      [24, '<', 'É aqui. Obrigada!'],
    ],
  },
  {
    phone: '34600555178', name: 'Ignacio Vidal', release: true, lines: [
      [1500, '<', '¿Tenéis opciones sin gluten?'],
      [1490, '>', 'Sí, los miércoles y viernes: pan de arroz, muffins de limón y alfajores de maicena.'],
      [1488, '<', 'Perfecto, me paso el viernes entonces'],
    ],
  },
  {
    phone: '447700900155', name: 'Hannah Whitfield', lines: [
      [12, '<', { type: 'image', image: { caption: 'This arrived a little squashed 😅 is a refund possible?' } }],
      [11, '<', 'Order 2210, from this morning'],
    ],
  },
  {
    phone: '5215555550166', name: 'Rodrigo Salinas', lines: [
      [600, '<', 'Buenas, ¿hacen factura A?'],
      [590, '>', 'Buenas Rodrigo, sí. Pasanos el CUIT y la razón social por acá.'],
      [200, '<', 'CUIT 30-71234567-9, Salinas Hermanos SRL'],
    ],
  },
  {
    phone: '5491155550177', name: 'Marta Quiroga', reply: 'Hola Marta, recibido. Le guardamos la docena de medialunas como siempre 🥐', lines: [
      [95, '<', 'Buen día querida, me guardás la docena de siempre?'],
    ],
  },
  {
    phone: '4915155550188', name: 'Jonas Weber', lines: [
      [7, '<', 'Hello, we are a café in Recoleta and would like a price list for 60 croissants a day. Who can I talk to?'],
    ],
  },
  {
    phone: '5491155550199', name: 'Lautaro Méndez', lines: [
      [3, '<', 'Hola! ¿Hay trabajo para ayudante de panadería? Tengo experiencia de 2 años'],
      [2, '<', 'Puedo empezar cuando quieran'],
    ],
  },
];

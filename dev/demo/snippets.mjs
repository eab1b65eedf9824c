// What the demo's operators answer often.
export const snippets = [
  { name: 'hola', text: '¡Hola {{first_name}}! Soy {{operator}}, de Panadería Aurora. ¿En qué te ayudo?' },
  { name: 'horario', text: 'Abrimos de martes a sábado de 7 a 19, y los domingos de 8 a 14. ¡Te esperamos!' },
  { name: 'transferencia', text: 'El alias para transferir es PANADERIA.AURORA. Cuando puedas, mandanos el comprobante por acá.' },
  { name: 'retiro', text: 'Tu pedido ya está listo para retirar, {{first_name}}. Estamos en Gurruchaga 1450, Palermo.' },
  { name: 'hello', text: 'Hi {{first_name}}! This is {{operator}} from Panadería Aurora. How can I help?' },
  { name: 'ready', text: 'Your order is ready to pick up, {{first_name}}. We are at Gurruchaga 1450, Palermo.' },
];

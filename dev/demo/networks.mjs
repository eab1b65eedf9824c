// The demo's other networks, each played by the sandbox, with a conversation of its own. Lines as in conversations.mjs.
const meta = (name) => ({ access_token: `demo-${name}-token`, app_secret: `demo-${name}-secret`, verify_token: `demo-${name}-verify` });

/** @param {string} sandbox its address */
export const networks = (sandbox) => [
  {
    channel: 'messenger', name: 'Panadería Aurora en Facebook', id: '104985331204417', base_url: sandbox,
    settings: { page_id: '104985331204417', ...meta('messenger') },
    chats: [{
      phone: '5491155550160', name: 'Rubén Castillo', lines: [
        [95, '<', 'Buenas, vi la publicación de los panettones. ¿A cuánto están?'],
        [33, '<', '¿Hacen precio por diez?'],
      ],
    }],
  },
  {
    channel: 'instagram', name: '@panaderia.aurora', id: '178414055553210', base_url: sandbox,
    settings: { login: 'instagram', instagram_id: '178414055553210', ...meta('instagram') },
    chats: [{
      phone: '5491155550171', name: 'Julieta Paz', lines: [
        [20, '<', 'Ayyy las medialunas de la historia 😍'],
        [19, '<', '¿Quedan para hoy a la tarde?'],
      ],
    }],
  },
  {
    channel: 'ycloud', name: 'Panadería Aurora, mayoristas', id: '541155550190', base_url: `${sandbox}/ycloud/v2`,
    settings: { phone_number: '+541155550190', waba_id: '102290129340777', api_key: 'demo-ycloud-key', webhook_secret: 'whsec_demo_ycloud' },
    chats: [{
      phone: '5491155550182', name: 'Café Malabia', lines: [
        [410, '<', 'Buen día, para mañana lo de siempre: 60 medialunas y 8 panes de campo'],
        [402, '<', 'Y agreguen 12 scones, por favor'],
      ],
    }],
  },
];

/** The web chat on the bakery's site, which the sandbox serves. */
export const website = (sandbox) => ({
  channel: 'web', name: 'aurora.example', settings: {
    allowed_origins: sandbox, title: 'Panadería Aurora', greeting: '¡Hola! ¿Qué horneamos hoy?', color: '#8a4b1c', identity_secret: 'demo-identity-secret-2026',
  },
});

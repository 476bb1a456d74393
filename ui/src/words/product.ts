/** What the application calls itself, wherever a person reads it. */
export const product = 'Rapporteur'

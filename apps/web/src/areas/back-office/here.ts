/** Logs of deeds are told in the reader's own zone: they happened to servers, not at a venue. */
export const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

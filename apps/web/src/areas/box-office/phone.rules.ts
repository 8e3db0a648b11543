/** A phone number as people write it, and as the service takes it. */
export const isPhone = (text: string): boolean => /^\+?[0-9 ()-]{5,24}$/.test(text.trim());

const PREFIX = 'counter:';

/** The person id of a buyer at the counter whom nobody knows: one per order, so that no two are taken for one person. */
export function nobodyOf(order: string): string {
  return `${PREFIX}${order}`;
}

/** Whether this is such a buyer: no contact, no account, nobody to write to. */
export function isNobody(personId: string): boolean {
  return personId.startsWith(PREFIX);
}

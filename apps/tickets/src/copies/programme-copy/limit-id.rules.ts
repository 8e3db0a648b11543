/** The counted limit of an allocation at a screening. */
export function limitId(screening: string, allocation: string): string {
  return `${screening}:${allocation}`;
}

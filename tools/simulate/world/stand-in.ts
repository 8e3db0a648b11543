/** An object in the place of one of a class, with only the methods that the simulated use cases call. */
export function standIn<T, K extends keyof T>(double: Pick<T, K>): T {
  return double as T;
}

/** A row of the equipment that a crew brings: what it is, its serial number, its value in US dollars. */
export interface EquipmentItem {
  item: string;
  serial: string;
  value: number;
}

/** Somebody who comes along. */
export interface CrewMember {
  name: string;
  job: string;
}

const MOST_ROWS = 60;

/** The rows of a list answer: an array of objects with exactly these keys; undefined when it is anything else. */
function rows(json: string, keys: readonly string[]): Record<string, unknown>[] | undefined {
  let list: unknown;
  try {
    list = JSON.parse(json);
  } catch {
    return undefined;
  }
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_ROWS) return undefined;
  const shaped = list.every(
    (row: unknown) =>
      typeof row === 'object' && row !== null && Object.keys(row).sort().join() === [...keys].sort().join(),
  );
  return shaped ? (list as Record<string, unknown>[]) : undefined;
}

function isText(value: unknown, most: number): boolean {
  return typeof value === 'string' && value.trim() !== '' && value.length <= most;
}

/** What an `equipment` answer says; undefined when it is no such list. */
export function equipmentOf(json: string): EquipmentItem[] | undefined {
  const found = rows(json, ['item', 'serial', 'value']);
  const good = found?.every(
    ({ item, serial, value }) =>
      isText(item, 120) && isText(serial, 60) && typeof value === 'number' && value >= 0 && value <= 1e9,
  );
  return good ? (found as unknown as EquipmentItem[]) : undefined;
}

/** What a `crew` answer says; undefined when it is no such list. */
export function crewOf(json: string): CrewMember[] | undefined {
  const found = rows(json, ['name', 'job']);
  return found?.every(({ name, job }) => isText(name, 120) && isText(job, 80))
    ? (found as unknown as CrewMember[])
    : undefined;
}

export function isEquipment(json: string): boolean {
  return equipmentOf(json) !== undefined;
}

export function isCrew(json: string): boolean {
  return crewOf(json) !== undefined;
}

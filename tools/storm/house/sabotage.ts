import type pg from 'pg';

/** A change of a function in the database: `search` must stand in its text exactly once. */
export interface FunctionEdit {
  name: string;
  search: string;
  replace: string;
}

/** @throws when the text is not there: then the function has changed and the control must follow */
export async function editFunction(client: pg.Client, { name, search, replace }: FunctionEdit): Promise<void> {
  const { rows } = await client.query<{ text: string }>(
    'SELECT pg_get_functiondef(oid) AS text FROM pg_proc WHERE proname = $1',
    [name],
  );
  const [only] = rows;
  if (!only || rows.length > 1) throw new Error(`there are ${rows.length} functions called ${name}`);
  const parts = only.text.split(search);
  if (parts.length !== 2) throw new Error(`${name} has the searched text ${parts.length - 1} times: ${search}`);
  await client.query(parts.join(replace));
}

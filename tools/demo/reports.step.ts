import type { Order, Report } from '#libs/contracts';
import type { Stage } from './stage.js';
import { check } from './walk.js';

const REPORTS = ['sales', 'occupancy', 'allocations', 'promo-codes', 'refunds', 'settlement', 'films'];

/** Finance takes every report home in every format; an order of today is in it. */
export async function reportsStep(stage: Stage, order: Order, say: (line: string) => void): Promise<void> {
  const admin = await stage.signedIn('admin');
  const path = (name: string) => `/tickets/editions/${stage.edition}/reports/${name}`;
  const counts: string[] = [];
  for (const name of REPORTS) {
    const { status, body } = await admin.get<Report>(path(name));
    check(status === 200 && body.report === name, `the report ${name}`, body);
    check(
      body.rows.every((row) => row.length === body.columns.length),
      `${name} has a cell for each column`,
    );
    counts.push(`${name} ${body.rows.length}`);
  }
  say(counts.join(' · '));
  const csv = await admin.get<string>(`${path('sales')}?format=csv&language=kk`);
  check(csv.status === 200 && csv.body.includes(order.number), 'the order is in the sales, as CSV', csv.status);
  check(!/(^|,|\n)"?[=+@]/.test(csv.body), 'no cell of it is a formula');
  const xlsx = await admin.get<string>(`${path('films')}?format=xlsx`);
  check(xlsx.status === 200 && xlsx.body.startsWith('PK'), 'the return per film, as XLSX', xlsx.status);
  const settled = (await admin.get<Report>(path('settlement'))).body;
  const provider = settled.columns.findIndex((column) => column.id === 'provider');
  check(
    settled.rows.some((row) => row[provider] === 'stripe'),
    'the settlement names each provider',
    settled.rows,
  );
  const visitor = await stage.visitor().get(path('sales'));
  check(visitor.status === 401 || visitor.status === 403, 'nobody else reads them', visitor.status);
  say('sales as CSV and films as XLSX; a visitor gets neither');
}

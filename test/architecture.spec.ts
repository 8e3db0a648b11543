import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
const rules = (createRequire(__filename)('../.dependency-cruiser.cjs') as { forbidden: { name: string }[] }).forbidden;

/** For each rule a file that breaks it: where it stands and what it imports. */
const PLANTED: Record<string, [file: string, imported: string]> = {
  'no-circle': ['libs/kernel/src/circle-a.ts', './circle-b.js'],
  'libs-know-no-app': ['libs/messaging/src/bad.ts', '../../../apps/gateway/src/thing.js'],
  'tools-serve-nobody': ['apps/gateway/src/bad.ts', '../../../tools/thing.js'],
  'checker-stands-apart': ['tools/storm/checker/bad.ts', '../../../apps/gateway/src/thing.js'],
  'testing-in-specs-only': ['apps/gateway/src/bad-two.ts', '#libs/testing'],
  'rules-are-pure': ['apps/gateway/src/order.rules.ts', '#libs/persistence'],
  'doors-see-no-rows': ['apps/gateway/src/orders.controller.ts', './order.entity.js'],
  'kernel-is-plain': ['libs/kernel/src/bad.ts', 'node:fs'],
  'web-takes-types-only': ['apps/web/src/bad.ts', '../../../libs/contracts/src/index.js'],
  'web-ui-is-lowest': ['apps/web/src/ui/bad.ts', '../areas/shop/thing.js'],
  'no-catch-all': ['apps/gateway/src/bad-three.ts', './utils/thing.js'],
};
for (const { name } of rules) {
  if (name.startsWith('floor-')) PLANTED[name] = [`libs/${name.slice(6)}/src/upward.ts`, '#libs/messaging'];
  if (name.startsWith('apart-')) PLANTED[name] = [`apps/${name.slice(6)}/src/foreign.ts`, '../../web/src/thing.js'];
  if (name.startsWith('area-')) PLANTED[name] = [`apps/web/src/areas/${name.slice(5)}/bad.ts`, '../../app/thing.js'];
}
PLANTED['floor-messaging'] = ['libs/messaging/src/upward.ts', '#libs/documents'];
const ordered = (service: string) =>
  rules.map(({ name }) => name.split(`${service}-order-`)[1] ?? '').filter((feature) => feature !== '');
const FEATURES = ordered('tickets');
const ROOMS = ordered('accreditations');
const folder = (feature: string) => feature.replace(/^(copies|inventory|sale|afterwards|counter|door)-/, '$1/');
FEATURES.forEach((feature, index) => {
  const next = folder(FEATURES[index + 1] ?? 'development');
  const up = folder(feature).includes('/') ? '../../' : '../';
  PLANTED[`tickets-order-${feature}`] = [`apps/tickets/src/${folder(feature)}/bad.ts`, `${up}${next}/thing.js`];
});
ROOMS.forEach((room, index) => {
  const next = ROOMS[index + 1] ?? 'hearing';
  PLANTED[`accreditations-order-${room}`] = [`apps/accreditations/src/${room}/bad.ts`, `../${next}/thing.js`];
});

describe('the architecture', () => {
  let house: string;
  const plant = (file: string, text: string) => {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  };

  beforeAll(() => {
    house = mkdtempSync(join(tmpdir(), 'seans-house-'));
    plant('package.json', JSON.stringify({ type: 'module', imports: { '#libs/*': './libs/*/src/index.ts' } }));
    symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'));
    for (const lib of [
      'kernel',
      'contracts',
      'admission-code',
      'documents',
      'poster',
      'persistence',
      'service-defaults',
      'messaging',
      'testing',
    ])
      plant(`libs/${lib}/src/index.ts`, 'export const thing = 1;\n');
    plant('libs/kernel/src/circle-b.ts', "import { a } from './circle-a.js';\nexport const b = a;\n");
    for (const file of [
      'apps/gateway/src/thing.ts',
      'apps/gateway/src/order.entity.ts',
      'apps/gateway/src/utils/thing.ts',
      'tools/thing.ts',
      'apps/web/src/thing.ts',
      'apps/web/src/app/thing.ts',
      'apps/web/src/areas/shop/thing.ts',
      ...FEATURES.map((feature) => `apps/tickets/src/${folder(feature)}/thing.ts`),
      'apps/tickets/src/development/thing.ts',
      ...ROOMS.map((room) => `apps/accreditations/src/${room}/thing.ts`),
      'apps/accreditations/src/hearing/thing.ts',
    ])
      plant(file, 'export const thing = 1;\n');
    for (const [file, imported] of Object.values(PLANTED))
      plant(file, `import * as all from '${imported}';\nexport const a = all;\n`);
  });
  afterAll(() => rmSync(house, { recursive: true, force: true }));

  it('has a planted violation for every rule', () => {
    expect(Object.keys(PLANTED).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  it('is broken by each of them', () => {
    const cruised = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        join(ROOT, '.dependency-cruiser.cjs'),
        '--output-type',
        'json',
        'apps',
        'libs',
        'tools',
      ],
      { cwd: house, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    const { summary } = JSON.parse(cruised.stdout) as { summary: { violations: { rule: { name: string } }[] } };
    const bitten = new Set(summary.violations.map((violation) => violation.rule.name));
    expect(rules.map(({ name }) => name).filter((name) => !bitten.has(name))).toEqual([]);
  });
});

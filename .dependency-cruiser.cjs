/**
 * The architecture as law (docs/architecture.md). Every pattern is anchored; test/architecture.spec.ts plants a
 * violation of each rule in a house of its own and proves that each rule bites.
 */

/** What each lib may use of the others; anything else is upwards. */
const LIBS = {
  kernel: [],
  contracts: ['kernel'],
  'admission-code': ['kernel'],
  poster: [],
  documents: ['kernel', 'poster'],
  persistence: ['kernel'],
  'service-defaults': ['kernel', 'persistence'],
  messaging: ['kernel', 'contracts', 'persistence', 'service-defaults'],
};

const SERVICES = ['gateway', 'screenings', 'tickets', 'accreditations', 'notifications'];

/** Features of tickets from top to bottom and from left to right: each may use those before it, never those after. */
const TICKETS = [
  'copies/programme-copy',
  'copies/badge-holders',
  'inventory/limits',
  'inventory/seats',
  'inventory/allocations',
  'inventory/holds',
  'sale/pricing',
  'sale/passes',
  'sale/issued-tickets',
  'sale/ledger',
  'sale/orders',
  'sale/payments',
  'sale/receipts',
  'afterwards/bookings',
  'afterwards/waitlist',
  'afterwards/changes',
  'afterwards/accreditation-fees',
  'afterwards/seating-moves',
  'counter/shifts',
  'counter/counter-sales',
  'counter/leases',
  'door/devices',
  'door/scans',
  'door/conflicts',
  'door/rush',
  'door/house',
  'reports',
  'privacy',
  'hearing',
  'development',
];

/** The same of accreditations, which is a single layer. */
const ACCREDITATIONS = [
  'editions',
  'people',
  'audit',
  'evidence',
  'categories',
  'badges',
  'applications',
  'review',
  'duplicates',
  'releases',
  'delegations',
  'prints',
  'desk',
  'extras',
  'document-sets',
  'privacy',
  'hearing',
];

const inOrder = (service, features) =>
  features.slice(0, -1).map((feature, index) => ({
    name: `${service}-order-${feature.replace('/', '-')}`,
    comment: `A feature of ${service} uses the layers above it and the features to its left.`,
    severity: 'error',
    from: { path: `^apps/${service}/src/${feature}/` },
    to: { path: `^apps/${service}/src/(${features.slice(index + 1).join('|')})/` },
  }));
const upwards = [...inOrder('tickets', TICKETS), ...inOrder('accreditations', ACCREDITATIONS)];

const floors = Object.entries(LIBS).map(([lib, may]) => ({
  name: `floor-${lib}`,
  comment: `libs/${lib} uses only ${may.join(', ') || 'itself'}.`,
  severity: 'error',
  from: { path: `^libs/${lib}/src/`, pathNot: '[.]spec[.]ts$' },
  to: { path: '^libs/', pathNot: [`^libs/(${[lib, ...may].join('|')})/`] },
}));

const apart = SERVICES.map((service) => ({
  name: `apart-${service}`,
  comment: 'Services meet only in contracts.',
  severity: 'error',
  from: { path: `^apps/${service}/` },
  to: { path: '^apps/', pathNot: [`^apps/${service}/`] },
}));

const AREAS = ['shop', 'accreditation', 'back-office', 'box-office', 'scanner', 'design'];
const areas = AREAS.map((area) => ({
  name: `area-${area}`,
  comment: 'The areas of the web never import each other.',
  severity: 'error',
  from: { path: `^apps/web/src/areas/${area}/` },
  to: { path: '^apps/web/src/(areas|app)/', pathNot: [`^apps/web/src/areas/${area}/`] },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'libs-know-no-app', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'tools-serve-nobody',
      comment: 'What runs in production needs no tool; tests may use the sandbox.',
      severity: 'error',
      from: { path: '^(apps/[^/]+/src|libs)/', pathNot: ['[.]spec[.]tsx?$', '^libs/testing/'] },
      to: { path: '^tools/' },
    },
    {
      name: 'checker-stands-apart',
      comment: 'Who judges a storm must not believe the code that it judges.',
      severity: 'error',
      from: { path: '^tools/storm/checker/' },
      to: { path: '^apps/' },
    },
    {
      name: 'testing-in-specs-only',
      severity: 'error',
      from: {
        path: '^(apps|libs|tools)/',
        pathNot: ['[.]spec[.]tsx?$', '^apps/[^/]+/test/', '^libs/[^/]+/test/', '^libs/testing/', '^tools/'],
      },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rule is a function of plain facts: no framework, no storage, no other use case.',
      severity: 'error',
      from: { path: '[.]rules[.]ts$' },
      to: {
        path: [
          '^node_modules/',
          '^libs/(persistence|messaging|service-defaults)/',
          '[.](entity|store|controller|consumer|job|queries|module)[.]ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'doors-see-no-rows',
      comment: 'Controllers, consumers and jobs call use cases and queries, never rows.',
      severity: 'error',
      from: { path: '[.](controller|consumer|job)[.]ts$' },
      to: { path: '[.]entity[.]ts$' },
    },
    {
      name: 'kernel-is-plain',
      comment: 'The kernel and the contracts also run in a browser.',
      severity: 'error',
      from: { path: '^libs/(kernel|admission-code|poster)/src/', pathNot: '[.]spec[.]ts$' },
      to: { dependencyTypes: ['npm', 'core'] },
    },
    {
      name: 'web-takes-types-only',
      comment: 'A contract is a type for the browser; its schemas stay on the server.',
      severity: 'error',
      from: { path: '^apps/web/src/' },
      to: { path: '^libs/contracts/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'web-ui-is-lowest',
      severity: 'error',
      from: { path: '^apps/web/src/(ui|api)/' },
      to: { path: '^apps/web/src/(areas|app|session|seat-map)/' },
    },
    {
      name: 'no-catch-all',
      comment: 'A function without a home stays beside its only caller.',
      severity: 'error',
      from: {},
      to: { path: '^(apps|libs)/.*/?(common|shared|utils|helpers|core)/' },
    },
    ...floors,
    ...apart,
    ...areas,
    ...upwards,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^[.]local/'] },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
    },
  },
};

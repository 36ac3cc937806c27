/**
 * Who may import whom. The folder list is the glossary; the arrows point towards the pure core.
 * The composition root (main, cli, gateway.module, cli/) may import everything.
 */
const MAY_IMPORT = {
  kernel: [],
  contract: ['kernel'],
  events: ['contract'],
  http: ['kernel', 'contract'],
  settings: ['kernel'],
  outbox: ['kernel', 'contract'],
  delivery: ['kernel', 'contract', 'outbox'],
  dataverse: ['kernel', 'contract', 'outbox', 'delivery'],
  access: ['kernel', 'http', 'outbox'],
  ingest: ['kernel', 'contract', 'http', 'access', 'outbox'],
  receipts: ['kernel', 'contract', 'http', 'access', 'outbox'],
  openapi: ['kernel', 'contract', 'http', 'access'],
  operations: ['kernel', 'http', 'access', 'outbox', 'delivery', 'ingest', 'receipts', 'settings'],
  emulator: ['kernel', 'contract'],
};

const folderRules = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  comment: `${folder}/ may import ${[folder, ...allowed].join(', ')} and packages`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'With ESM and emitDecoratorMetadata an import cycle is a crash at boot.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'events-are-loaded',
      comment: 'No reader may name an event: the loader finds them.',
      severity: 'error',
      from: { pathNot: '^src/events/' },
      to: { path: '^src/events/' },
    },
    {
      name: 'dataverse-sees-the-port',
      comment:
        'dataverse/ implements the destination and verifier ports; the dispatcher behind them is none of its business.',
      severity: 'error',
      from: { path: '^src/dataverse/' },
      to: { path: '^src/delivery/', pathNot: '^src/delivery/(destination|verifier)\\.ts$' },
    },
    {
      name: 'drivers-stay-behind-the-port',
      comment: 'Only open-store.ts and the drivers know that there are drivers.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/outbox/((sqlite|postgres)/|open-store\\.ts$|backup-store\\.ts$)' },
      to: { path: '^src/outbox/(sqlite|postgres)/' },
    },
    {
      name: 'drivers-do-not-know-each-other',
      comment: 'What both engines need stands beside the ports, or in rows/ where it tells of the tables.',
      severity: 'error',
      from: { path: '^src/outbox/(sqlite|postgres)/' },
      to: { path: '^src/outbox/(sqlite|postgres)/', pathNot: '^src/outbox/$1/' },
    },
    {
      name: 'pure-files-stay-pure',
      comment: 'Decisions import no I/O and no framework: they are tables, tested as tables.',
      severity: 'error',
      from: {
        path: [
          '^src/delivery/(decide|backoff|gate|verification/(drift-gate|look-schedule))\\.ts$',
          '^src/dataverse/(classify|retry-after|error-body|encode-parameters)\\.ts$',
          '^src/contract/(canonical-json|custom-api|calendar)\\.ts$',
          '^src/dataverse/(repeat/decide-repeat|checks/judge-[a-z-]+|granting/plan-grant)\\.ts$',
          '^src/dataverse/provisioning/(change\\.ts$|(wished|compare|plan|findings)/)',
          '^src/dataverse/provisioning/endpoints/(own-receiver|own-step|job-failure|endpoint-notes|endpoint-obstacles|endpoint-findings|plan-endpoints)\\.ts$',
          '^src/outbox/rows/',
          '^src/receipts/(receipt-of|raised-event|message-types)\\.ts$',
          '^src/receipts/service-bus/(classify-bus-error|listener-pace|read-message|service-bus-source)\\.ts$',
          '^src/emulator/async-service/(context/|(is-bypassed|post-order|read-webhook-route|registered-steps|retry-schedule|strip-context)\\.ts$)',
          '^src/emulator/async-service/webhook/(judge-answer|read-settings|webhook-failures)\\.ts$',
          '^src/emulator/async-service/service-bus/(bus-failures|bus-target)\\.ts$',
          '^src/cli/events/timeline-rows\\.ts$',
        ],
      },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'the-context-stands-alone',
      comment:
        'The model of RemoteExecutionContext is a package of its own for consumers: it needs nothing, not even Node.',
      severity: 'error',
      from: { path: '^src/receipts/context/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/receipts/context/' },
    },
    ...folderRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
};

/** How much content there is of a kind, as an impact tells it; each with the description of its field. */
export const contentCounts = {
  subjects: 'Subjects.',
  procedures: 'Procedures.',
  sessions: 'Sessions.',
  epochs: 'Epochs.',
  modules: 'Behaviors, data acquisitions and manipulations together.',
  logs: 'Logs of subjects and of procedures together.',
  collections: 'Collections.',
  cohorts: 'Cohorts.',
  breedings: 'Breedings.',
  equipment: 'Pieces of equipment.',
  consumableStocks: 'Consumable stocks.',
  protocols: 'Protocols of data storages.',
} as const;

export type ContentCount = keyof typeof contentCounts;

/** Who may write objects of a type; what each of these takes is said in writing/rights.ts. */
export type RightsName =
  /** A container: owned by whoever makes it, shared and published on its own. */
  | 'owned'
  /** In one or several projects, linked to each one by one. */
  | 'inProjects'
  /** In what it belongs to. */
  | 'inside'
  /** In what it belongs to, by its owners alone. */
  | 'byOwners'
  /** A shared term: proposed by anybody with an account, approved by administrators. */
  | 'proposed'
  /** A proposal of a group. */
  | 'byGroup'
  /** By mutations of its own. */
  | 'apart';

/** What is decided of a type once, for all that treats types alike. */
type TypeRecord = {
  /** The code that its ids carry. Never reused or changed: ids are public and permanent. */
  code: number;
  rights: RightsName;
} & (
  | ({
      /** Projects and what is in them: visible by the projects that they belong to. */
      family: 'project';
      /** Where people write freely, and so may write what is nobody's business: looked at before a project is published. */
      freeTexts: readonly string[];
    } & Opened)
  /** Personal attributes and what is in them: they belong to whoever made them, not to a project. */
  | ({ family: 'attribute' } & Opened)
  /** Shared terms. */
  | { family: 'term' }
  /** Accounts, and what stands for people. */
  | { family: 'people' }
  /** What somebody holds: roles and tokens. */
  | { family: 'held' }
);

/** What publishing opens. */
interface Opened {
  /** Which count of an impact it is told by; null where only the digest covers it. */
  counted: ContentCount | null;
}

/**
 * Every type that has an id, under its name in the graph, in the order in which the graph lists them. What is forgotten here
 * of a new type stops the compiler; whatever treats types alike reads it from here.
 */
export const types = {
  Project: { code: 0x01, family: 'project', rights: 'owned', counted: null, freeTexts: ['name', 'description'] },
  Contributor: { code: 0x06, family: 'project', rights: 'byOwners', counted: null, freeTexts: [] },
  Subject: {
    code: 0x02,
    family: 'project',
    rights: 'inProjects',
    counted: 'subjects',
    freeTexts: ['name', 'description', 'identifier'],
  },
  Session: {
    code: 0x03,
    family: 'project',
    rights: 'inProjects',
    counted: 'sessions',
    freeTexts: ['name', 'description'],
  },
  Collection: {
    code: 0x04,
    family: 'project',
    rights: 'inside',
    counted: 'collections',
    freeTexts: ['name', 'description'],
  },
  Cohort: { code: 0x05, family: 'project', rights: 'inside', counted: 'cohorts', freeTexts: ['name', 'description'] },
  Breeding: {
    code: 0x07,
    family: 'project',
    rights: 'inside',
    counted: 'breedings',
    freeTexts: ['name', 'description'],
  },
  BreedingLogEntry: { code: 0x08, family: 'project', rights: 'inside', counted: null, freeTexts: ['notes'] },
  Epoch: { code: 0x10, family: 'project', rights: 'inside', counted: 'epochs', freeTexts: [] },
  Behavior: { code: 0x11, family: 'project', rights: 'inside', counted: 'modules', freeTexts: ['notes'] },
  DataAcquisition: {
    code: 0x12,
    family: 'project',
    rights: 'inside',
    counted: 'modules',
    freeTexts: ['notes', 'fileName'],
  },
  Manipulation: { code: 0x13, family: 'project', rights: 'inside', counted: 'modules', freeTexts: ['notes'] },
  Procedure: { code: 0x14, family: 'project', rights: 'inside', counted: 'procedures', freeTexts: ['notes'] },
  ProcedureLog: { code: 0x15, family: 'project', rights: 'inside', counted: 'logs', freeTexts: ['description'] },
  ProcedureLogEntry: { code: 0x16, family: 'project', rights: 'inside', counted: null, freeTexts: ['notes'] },
  SubjectLog: { code: 0x17, family: 'project', rights: 'inside', counted: 'logs', freeTexts: ['description'] },
  SubjectLogEntry: { code: 0x18, family: 'project', rights: 'inside', counted: null, freeTexts: ['notes'] },

  BehavioralParadigm: { code: 0x20, family: 'attribute', rights: 'owned', counted: null },
  Setup: { code: 0x21, family: 'attribute', rights: 'owned', counted: null },
  Inventory: { code: 0x25, family: 'attribute', rights: 'owned', counted: null },
  DataStorage: { code: 0x23, family: 'attribute', rights: 'owned', counted: null },
  Equipment: { code: 0x22, family: 'attribute', rights: 'inside', counted: 'equipment' },
  DataStorageProtocol: { code: 0x24, family: 'attribute', rights: 'byOwners', counted: 'protocols' },
  ConsumableStock: { code: 0x26, family: 'attribute', rights: 'inside', counted: 'consumableStocks' },

  Species: { code: 0x30, family: 'term', rights: 'proposed' },
  Strain: { code: 0x31, family: 'term', rights: 'proposed' },
  BrainRegion: { code: 0x32, family: 'term', rights: 'proposed' },
  SetupType: { code: 0x33, family: 'term', rights: 'proposed' },
  BehavioralCategory: { code: 0x34, family: 'term', rights: 'proposed' },
  Supplier: { code: 0x35, family: 'term', rights: 'proposed' },
  HardwareDevice: { code: 0x36, family: 'term', rights: 'proposed' },
  Consumable: { code: 0x37, family: 'term', rights: 'proposed' },
  Journal: { code: 0x38, family: 'term', rights: 'proposed' },
  Publication: { code: 0x39, family: 'term', rights: 'proposed' },

  User: { code: 0x40, family: 'people', rights: 'apart' },
  Group: { code: 0x41, family: 'people', rights: 'apart' },
  Laboratory: { code: 0x43, family: 'people', rights: 'byGroup' },

  Membership: { code: 0x44, family: 'held', rights: 'apart' },
  GroupMembership: { code: 0x42, family: 'held', rights: 'apart' },
  AccessToken: { code: 0x45, family: 'held', rights: 'apart' },
} as const satisfies Readonly<Record<string, TypeRecord>>;

type Types = typeof types;

/** The name of a type that has an id: every GraphQL type that implements Node. */
export type NodeName = keyof Types;

export const nodeNames = Object.keys(types) as NodeName[];

/** The types of whose records something is true, … */
export type TypesWith<Facts> = { [Name in NodeName]: Types[Name] extends Facts ? Name : never }[NodeName];

/** … in the order of the graph. */
export function typesWith<const Facts extends Partial<Pick<TypeRecord, 'family' | 'rights'>>>(
  facts: Facts,
): readonly TypesWith<Facts>[] {
  const wanted = Object.entries(facts) as [keyof Facts & keyof TypeRecord, unknown][];
  return nodeNames.filter((name): name is TypesWith<Facts> =>
    wanted.every(([fact, value]) => (types[name] as TypeRecord)[fact] === value),
  );
}

import type { Viewer } from '../../src/access/viewer';
import type { LabServer } from '../publishing/lab';
import { viewerWith } from '../publishing/lab';
import type { TestServer } from '../stage/server';
import type { Dice } from '../world/dice';

const shared = ['Subject', 'Session'] as const;
type Shared = (typeof shared)[number];

/** What may be refused where others do the same at once, or did it before. */
const refusals = ['CONFLICT', 'NOT_FOUND', 'BAD_USER_INPUT'];

/** Somebody who owns projects, and a term that subjects need. */
export interface Writing {
  stage: LabServer;
  owner: Viewer;
  species: string;
}

export async function openWriting(stage: LabServer): Promise<Writing> {
  const owner = viewerWith(await stage.lab.person('Olga'), 'READ', 'WRITE', 'PUBLISH');
  return { stage, owner, species: await stage.lab.add('Species', { name: 'Mus', isApproved: true }) };
}

/** A new project of the owner. */
export async function newProject({ stage, owner }: Writing, name: string, isPublic = false): Promise<string> {
  const since = isPublic ? new Date() : null;
  const id = await stage.lab.add('Project', { name, isPublic, publishedAt: since, firstPublishedAt: since });
  const { userId } = owner as Viewer & { kind: 'user' };
  await stage.lab.add('Membership', { projectId: id, userId, role: 'OWNER', acceptedAt: new Date() });
  return id;
}

/** Writes by chance, through a server: whatever changes in which projects something is, and which of these are public. */
export class Writer {
  private made = 0;

  /** @param edits whether it changes what is in them as well */
  constructor(
    private readonly writing: Writing,
    private readonly dice: Dice,
    private readonly edits = false,
  ) {}

  /** Does one thing, and tells which. */
  async write(server: TestServer = this.writing.stage.server): Promise<string> {
    const { stage, owner } = this.writing;
    const [projects, subjects, sessions] = await Promise.all(
      ['project', 'subject', 'session'].map(async (table) => {
        const rows = await stage.database.dataSource.query<{ id: string }[]>(`SELECT id FROM "${table}" ORDER BY id`);
        return rows.map(({ id }) => id);
      }),
    );
    if (projects!.length < 3) return `made the project ${await newProject(this.writing, this.name())}`;
    const mutation = this.choose(projects!, { Subject: subjects!, Session: sessions! });
    const { errors } = await server.ask(owner, `mutation { ${mutation} }`);
    for (const { extensions } of errors ?? []) expect(refusals).toContain(extensions.code);
    return mutation;
  }

  private name(): string {
    this.made += 1;
    return `No ${this.made}`;
  }

  private choose(projects: readonly string[], ids: Record<Shared, readonly string[]>): string {
    const { dice } = this;
    const type = dice.pick(shared);
    const one = ids[type].length > 0 ? dice.pick(ids[type]) : '';
    const further = type === 'Subject' ? `, speciesId: "${this.writing.species}", sex: MALE` : '';
    const into = dice.some(projects, 1, 3).map((id) => `"${id}"`);
    const at = `id: "${one}", projectId: "${dice.pick(projects)}"`;
    const create = `create${type}(input: { projectIds: [${into.join()}], name: "${this.name()}"${further} }) { changed }`;
    if (one === '' || dice.chance(0.15)) return create;
    return dice.pick([
      `publishProject(id: "${dice.pick(projects)}", confirm: true) { changed }`,
      `publishProject(id: "${dice.pick(projects)}", confirm: true) { changed }`,
      `revokeProject(id: "${dice.pick(projects)}") { changed }`,
      `link${type}(${at}, confirm: true) { changed }`,
      `unlink${type}(${at}) { changed }`,
      ...(dice.chance(0.3) ? [`delete${type}(id: "${one}") { message }`] : []),
      ...(dice.chance(0.1) ? [`deleteProject(id: "${dice.pick(projects)}") { message }`] : []),
      this.importInto(dice.pick(projects)),
      ...(this.edits ? [`update${type}(id: "${one}", input: { name: "${this.name()}" }) { changed }`] : []),
    ]);
  }

  private importInto(id: string): string {
    const entries = [
      `{ type: "Project", key: "${id}" }`,
      `{ type: "Session", key: "${this.name()}", name: "Imported" }`,
      `{ type: "Session", key: "again", name: "Imported" }`,
    ];
    return `importProject(input: { entries: [${entries.join()}] }) { created faults { message } }`;
  }
}

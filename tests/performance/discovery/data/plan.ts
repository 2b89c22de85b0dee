import type { Chance } from './chance';

/** How much there is. */
export interface Size {
  projects: number;
  sessions: number;
  /** Of these sessions, how many are in the one large public project, through which pages are turned. */
  large: number;
  /** How many sessions are in each of the private projects that are there beside, to be published and revoked. */
  published: readonly [number, number];
}

export const sizes = {
  /** To try the benchmark itself. */
  XS: { projects: 100, sessions: 6000, large: 2600, published: [100, 200] },
  S: { projects: 1000, sessions: 40_000, large: 10_400, published: [2000, 20_000] },
  L: { projects: 25_000, sessions: 1_000_000, large: 10_400, published: [2000, 20_000] },
} as const satisfies Readonly<Record<string, Size>>;

export type SizeName = keyof typeof sizes;

/** Of the sessions and subjects, how many are in a second project. */
const shared = 0.03;
/** How many sessions there are for each subject. */
const sessionsOfSubject = 10;

/** Which sessions and subjects are in which projects, and which of these are public. Everything else follows from it. */
export class Plan {
  readonly projects: number;
  readonly sessions: number;
  readonly subjects: number;
  readonly users: number;
  /** How many there are of each kind of personal attribute. */
  readonly attributes: number;
  /** The first subject of each project; its others follow. */
  private readonly firstSubject: Int32Array;
  private readonly projectOfSession: Int32Array;
  private readonly projectOfSubject: Int32Array;

  constructor(
    readonly size: Size,
    readonly chance: Chance,
  ) {
    this.projects = size.projects + size.published.length;
    this.sessions = size.sessions + size.published[0] + size.published[1];
    this.users = Math.max(50, Math.floor(size.projects / 5));
    this.attributes = Math.ceil(size.projects / 5);
    this.projectOfSession = Int32Array.from({ length: this.sessions }, (_, session) => this.homeOf(session));
    const counts = new Int32Array(this.projects);
    for (const project of this.projectOfSession) counts[project]! += 1;
    this.firstSubject = new Int32Array(this.projects + 1);
    counts.forEach((count, project) => {
      this.firstSubject[project + 1] = this.firstSubject[project]! + Math.ceil(count / sessionsOfSubject);
    });
    this.subjects = this.firstSubject[this.projects]!;
    this.projectOfSubject = new Int32Array(this.subjects);
    for (let project = 0; project < this.projects; project += 1)
      this.projectOfSubject.fill(project, this.firstSubject[project], this.firstSubject[project + 1]);
  }

  /** The first is the large public one; the last are those to be published, and private. */
  isPublic(project: number): boolean {
    return project === 0 || (!this.isToBePublished(project) && this.chance.at('public', project) < 0.5);
  }

  isToBePublished(project: number): boolean {
    return project >= this.size.projects;
  }

  projectsOfSession(session: number): number[] {
    return this.withSecond(this.projectOfSession[session]!, 'second project of session', session);
  }

  projectsOfSubject(subject: number): number[] {
    return this.withSecond(this.projectOfSubject[subject]!, 'second project of subject', subject);
  }

  /** One or two of the subjects of its project. */
  subjectsOfSession(session: number): number[] {
    const project = this.projectOfSession[session]!;
    const [from, to] = [this.firstSubject[project]!, this.firstSubject[project + 1]!];
    const first = this.chance.below(to - from, 'subject', session);
    const isPair = to - from > 1 && this.chance.at('two subjects', session) < 0.1;
    return isPair ? [from + first, from + ((first + 1) % (to - from))] : [from + first];
  }

  /** Which of the setups, paradigms and storages are used in a session: five projects have one in common, mostly. */
  attributeOf(session: number): number {
    const own = Math.floor(this.projectOfSession[session]! / 5);
    const another = this.chance.at('another attribute', session) < 0.2 ? 1 : 0;
    return (own + another) % this.attributes;
  }

  /** Whose inventory and setup were used for what was done to a subject. */
  attributeOfSubject(subject: number): number {
    return Math.floor(this.projectOfSubject[subject]! / 5) % this.attributes;
  }

  /** How many of these projects are public. */
  publicIn(projects: readonly number[]): number {
    return projects.filter((project) => this.isPublic(project)).length;
  }

  private withSecond(project: number, what: string, index: number): number[] {
    if (this.isToBePublished(project) || this.chance.at(what, index) >= shared) return [project];
    const second = this.chance.below(this.size.projects, `which ${what}`, index);
    return second === project ? [project] : [project, second];
  }

  private homeOf(session: number): number {
    const { projects, sessions, large, published } = this.size;
    if (session >= sessions) return session < sessions + published[0] ? projects : projects + 1;
    if (this.chance.at('large', session) < large / sessions) return 0;
    // Half of them are made while their project is new, half at any time, more of these in some projects than in others.
    const others = projects - 1;
    if (this.chance.at('at once', session) < 0.5) {
      const near = (session / sessions + (this.chance.at('near', session) - 0.5) * 0.02) * others;
      return 1 + Math.min(others - 1, Math.max(0, Math.floor(near)));
    }
    return 1 + Math.floor(this.chance.at('any', session) ** 2 * others);
  }
}

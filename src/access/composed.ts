import { longestKept } from '../database/prepared';
import { later, Statement, type Sql } from '../database/sql';
import type { Rules } from './rule-set';
import { Compiler, compilerFor } from './compiler';
import type { Eyes } from './eyes';
import type { Viewer } from './viewer';

/** What every composed statement is run with, beside values of its own. */
export interface ForViewer {
  viewer: Viewer;
}

/** How many are kept, more than there are shapes of what the graph can ask in earnest; and how many characters in all. */
const mostKept = 2000;
const mostCharacters = 8_000_000;

/**
 * Statements that are composed once for a kind of viewer: what is asked, and who asks, are values of them. All requests
 * share them. Where the rules change under way, as in tests, they are composed anew.
 */
export class Composed {
  private readonly statements = new Map<string, Statement<never>>();
  private characters = 0;
  private composedUnder: Rules | undefined;

  /**
   * @param shape what the text depends on, beside the kind of viewer
   * @param compose may use no values but those that the statement is run with
   */
  statement<Given extends ForViewer>(
    rules: Rules,
    viewer: Viewer,
    shape: string,
    compose: (compiler: Compiler) => Sql,
  ): Statement<Given> {
    const eyes = sharedEyes(viewer);
    // What somebody supposes is theirs alone, and rarely asked.
    if (!eyes) return new Statement(compose(compilerFor(rules, viewer)));
    this.keepTo(rules);
    const key = `${eyes.kind === 'user' && eyes.isAdministrator ? 'administrator' : eyes.kind} ${shape}`;
    const known = this.statements.get(key);
    if (known) return known;
    const made = new Statement<Given>(compose(new Compiler(rules, eyes)));
    if (made.text.length <= longestKept) this.keep(key, made);
    return made;
  }

  private keep(key: string, made: Statement<never>): void {
    this.statements.set(key, made);
    this.characters += key.length + made.text.length;
    for (const [oldest, { text }] of this.statements) {
      if (this.statements.size <= mostKept && this.characters <= mostCharacters) return;
      this.statements.delete(oldest);
      this.characters -= oldest.length + text.length;
    }
  }

  private keepTo({ policy, permissions, roleConditions }: Rules): void {
    const before = this.composedUnder;
    if (before?.policy === policy && before.permissions === permissions && before.roleConditions === roleConditions)
      return;
    this.statements.clear();
    this.characters = 0;
    this.composedUnder = { policy, permissions, roleConditions };
  }
}

const viewersId = later<ForViewer>(({ viewer }) => (viewer.kind === 'user' ? viewer.userId : null), 'uuid');

/** The eyes of a kind of viewer: whose they are is a value that comes with each question. */
function sharedEyes(viewer: Viewer): Eyes | undefined {
  if (viewer.kind === 'user') return { kind: 'user', isAdministrator: viewer.isAdministrator, userId: viewersId };
  return viewer.asIf ? undefined : { kind: 'anonymous' };
}

import type { Access } from '../access/access';
import { compilerFor, type Compiler } from '../access/compiler';
import type { Viewer } from '../access/viewer';
import { Statement, type Sql } from '../database/sql';
import type { Asked, Question } from './asked';
import type { Many } from './many';

type Compose = (compiler: Compiler) => Sql;
type Given = Omit<Asked, 'viewer'>;

/** What one viewer asks of the database. */
export class Questions {
  constructor(
    private readonly access: Access,
    private readonly viewer: Viewer,
  ) {}

  /** One that many ask: composed once, `shape` standing for all that its text depends on. */
  ask(shape: string, compose: Compose, asked: Given): Question {
    return {
      statement: this.access.statement(this.viewer, shape, compose),
      asked: { ...asked, viewer: this.viewer },
    };
  }

  /** The same of objects of which something may be asked: there is no end of the shapes that this has. */
  find({ find }: Many, shape: string, compose: Compose, asked: Given): Question {
    if (!find) return this.ask(shape, compose, asked);
    // The order in which a list begins is asked for again and again; where it goes on, its cursors stand in the text.
    const begins = !find.where && !asked.page?.after && !asked.page?.before;
    if (begins) return this.ask(`${shape} ${find.key}`, compose, asked);
    return this.once(compose, asked);
  }

  /** One that hardly anybody asks again: there is no end of what may be counted by what. */
  once(compose: Compose, asked: Given): Question {
    const statement = new Statement<Asked>(compose(compilerFor(this.access, this.viewer)));
    return { statement, asked: { ...asked, viewer: this.viewer }, isOneOff: true };
  }
}

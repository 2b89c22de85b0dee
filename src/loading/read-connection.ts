import type { ConnectionValue } from '../model/connection';
import type { Node } from '../model/node';
import { after, type Soon } from '../model/soon';
import { downTo, upTo, writeCursor, type Page } from './page';
import type { PageRows } from './page-rows';

/** How a list is read, as far as somebody asks. */
export interface ListReader<T extends object> {
  rows(): Soon<PageRows<T>>;
  count(): Soon<number>;
  /** Whether anything is on another page of it. */
  isAny(there: Page): Soon<boolean>;
}

/**
 * A page of a list, as the fields of a connection read it. What is not asked for is not made, nor read: there may be thousands of
 * small connections in one answer, or only a count. What several ask for, under many aliases too, is read once.
 */
export class ReadConnection<T extends object = Node, Of = undefined> implements ConnectionValue<T> {
  private known: { soon: Soon<PageRows<T>> } | undefined;
  private counted: { soon: Soon<number> } | undefined;
  private place: PlaceOfPage | undefined;

  constructor(
    readonly page: Page,
    private readonly reader: ListReader<T>,
    /** The field that it is the value of. */
    readonly field: string,
    /** What it is a page of: what is asked of all of it is asked of that. */
    readonly of: Of,
  ) {}

  edges(): Soon<{ cursor: () => string; node: T }[]> {
    const { of } = this.page;
    return after(this.rows(), ({ entries }) =>
      entries.map(({ node, cursor }) => ({ node, cursor: () => writeCursor(cursor, of) })),
    );
  }

  nodes(): Soon<T[]> {
    return after(this.rows(), ({ entries }) => entries.map(({ node }) => node));
  }

  totalCount(): Soon<number> {
    return (this.counted ??= { soon: this.reader.count() }).soon;
  }

  get pageInfo(): PlaceOfPage {
    return (this.place ??= new PlaceOfPage(
      this.page,
      () => this.rows(),
      (there) => this.reader.isAny(there),
    ));
  }

  private rows(): Soon<PageRows<T>> {
    return (this.known ??= { soon: this.reader.rows() }).soon;
  }
}

/** Where a page lies in its list. */
class PlaceOfPage {
  private next: { soon: Soon<boolean> } | undefined;
  private previous: { soon: Soon<boolean> } | undefined;

  constructor(
    private readonly page: Page,
    private readonly rows: () => Soon<PageRows<object>>,
    private readonly isAny: (there: Page) => Soon<boolean>,
  ) {}

  hasNextPage(): Soon<boolean> {
    const { fromEnd, before } = this.page;
    return (this.next ??= { soon: this.isMore(!fromEnd, before && downTo(this.page, before)) }).soon;
  }

  hasPreviousPage(): Soon<boolean> {
    const { fromEnd, after: start } = this.page;
    return (this.previous ??= { soon: this.isMore(fromEnd, start && upTo(this.page, start)) }).soon;
  }

  startCursor(): Soon<string | null> {
    return this.cursorAt(0);
  }

  endCursor(): Soon<string | null> {
    return this.cursorAt(-1);
  }

  private isMore(isAtEnd: boolean, otherEnd: Page | undefined): Soon<boolean> {
    const onThisEnd = isAtEnd && after(this.rows(), ({ more }) => more);
    return after(onThisEnd, (more) => more || (otherEnd !== undefined && this.isAny(otherEnd)));
  }

  private cursorAt(index: number): Soon<string | null> {
    return after(this.rows(), ({ entries }) => {
      const entry = entries.at(index);
      return entry ? writeCursor(entry.cursor, this.page.of) : null;
    });
  }
}

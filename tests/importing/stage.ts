import type { ImportOutcome } from '../../src/tree/outcome';
import { setUpStage as setUp, type Stage as Plain } from '../tokens/stage';
import { everythingIn } from '../stage/everything';
import { asLines } from './whole-tree';

export interface Stage extends Plain {
  /** Sends lines (or any body) to POST /import with a token. */
  post(token: string | undefined, body: string | Buffer, query?: string, headers?: object): Promise<Posted>;
  /** Imports entries and expects nothing to be wrong. */
  import(token: string, entries: readonly unknown[], query?: string): Promise<ImportOutcome>;
  /** Everything that is stored, as one text. */
  everything(): Promise<string>;
}

export interface Posted {
  status: number;
  headers: Record<string, unknown>;
  outcome: ImportOutcome;
  errors?: { message: string; extensions: { code: string } }[];
}

/** The server as in earnest, and whole trees going in. */
export async function setUpStage(): Promise<Stage> {
  const stage = await setUp();
  const post: Stage['post'] = async (token, body, query = '', headers = {}) => {
    const response = await stage.app.inject({
      method: 'POST',
      url: `/import${query}`,
      headers: {
        'content-type': 'application/x-ndjson',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      payload: body,
    });
    const outcome = response.json<ImportOutcome & Pick<Posted, 'errors'>>();
    return { status: response.statusCode, headers: response.headers, outcome, errors: outcome.errors! };
  };
  return {
    ...stage,
    post,
    import: async (token, entries, query) => {
      const { status, outcome } = await post(token, asLines(entries), query);
      expect([status, outcome.faults]).toEqual([200, []]);
      return outcome;
    },
    everything: () => everythingIn(stage.database.dataSource),
  };
}

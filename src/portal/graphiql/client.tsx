/// <reference lib="dom" />
import { useGraphiQL } from '@graphiql/react';
import { GraphiQL, HISTORY_PLUGIN, type GraphiQLProps } from 'graphiql';
import { useEffect, type ReactElement } from 'react';
import { createPortal } from 'react-dom';
import { createRoot } from 'react-dom/client';
import type { Example } from './examples';
import { examplesPlugin } from './examples-panel';
import { TokenField, isSendable, readToken } from './token';
import { welcomeQuery } from './welcome';

/** The addresses of Monaco's workers, put in by the build. */
declare const WORKER_URLS: { editor: string; json: string; graphql: string };

/** Marks every style element that a script creates with the page's nonce, which the content-security policy asks for. */
function signStyles(nonce: string): void {
  const createElement = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions) => {
    const element = createElement(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}

/** Tells Monaco where its workers are. */
function setUpWorkers(): void {
  const environment = {
    getWorker: (_id: string, label: string) =>
      new Worker(label === 'json' || label === 'graphql' ? WORKER_URLS[label] : WORKER_URLS.editor),
  };
  Object.assign(globalThis, { MonacoEnvironment: environment });
}

/** An answer of our own, in the form of a GraphQL one; a thrown error would be shown with its stack. */
function failure(message: string): Record<string, unknown> {
  return { errors: [{ message }] };
}

/** Sends operations to `endpoint`, with the token of this browser tab if there is one. */
function createFetcher(endpoint: string): GraphiQLProps['fetcher'] {
  return async (operation) => {
    const token = readToken();
    if (!isSendable(token)) return failure('The personal access token holds characters that cannot be sent.');
    const response = await fetch(endpoint, {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(operation),
    });
    const text = await response.text();
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch {
      return failure(`HTTP ${response.status} ${response.statusText}: ${text.slice(0, 500)}`);
    }
  };
}

async function loadExamples(address: string): Promise<Example[]> {
  try {
    const response = await fetch(address);
    return response.ok ? ((await response.json()) as Example[]) : [];
  } catch {
    return [];
  }
}

/** What lives beside GraphiQL's own interface: the token field in the bar above, and long lines that wrap. */
function Additions({ access }: { access: HTMLElement }): ReactElement {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  useEffect(() => queryEditor?.updateOptions({ wordWrap: 'on', wrappingIndent: 'indent' }), [queryEditor]);
  return createPortal(<TokenField />, access);
}

async function start(element: HTMLElement, access: HTMLElement): Promise<void> {
  signStyles(element.nonce ?? '');
  setUpWorkers();
  const examples = await loadExamples(element.dataset['examples'] ?? '');
  const panel = examplesPlugin(examples);
  const firstVisit = localStorage.getItem('graphiql:tabState') === null;
  const fetcher = createFetcher(element.dataset['endpoint'] ?? '/graphql');
  // The header editor stays off: the history would keep what is typed there, a token included, in localStorage.
  createRoot(element).render(
    <GraphiQL
      fetcher={fetcher}
      defaultQuery={welcomeQuery(examples)}
      plugins={[panel, HISTORY_PLUGIN]}
      {...(firstVisit && examples.length > 0 ? { visiblePlugin: panel } : {})}
      shouldPersistHeaders={false}
      isHeadersEditorEnabled={false}
    >
      <Additions access={access} />
    </GraphiQL>,
  );
}

const element = document.getElementById('graphiql');
const access = document.getElementById('access');
if (element && access) void start(element, access);

/// <reference lib="dom" />
import type { ReactElement } from 'react';
import { useGraphiQL, useGraphiQLActions, type GraphiQLPlugin } from '@graphiql/react';
import type { Example } from './examples';

function ExamplesIcon(): ReactElement {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round">
      <path d="M12 21V10M12 16l-5-5M12 13l5-5" />
      <circle cx="12" cy="6" r="3" />
      <circle cx="5" cy="9" r="2" />
      <circle cx="19" cy="6" r="2" />
    </svg>
  );
}

function ExamplesPanel({ examples }: { examples: Example[] }): ReactElement {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const tabs = useGraphiQL((state) => state.tabs);
  const actions = useGraphiQLActions();

  const open = ({ query }: Example): void => {
    const already = tabs.findIndex((tab) => tab.query === query);
    if (already >= 0) {
      actions.changeTab(already);
      return;
    }
    actions.addTab();
    queryEditor?.setValue(query);
    actions.updateActiveTabValues({ query });
  };

  return (
    <section className="stemgraph-examples" aria-label="Examples">
      <h2>Examples</h2>
      <p>{examples.length ? 'Each opens in a tab of its own, ready to run.' : 'This server offers no examples.'}</p>
      <ul>
        {examples.map((example) => (
          <li key={example.name}>
            <button type="button" className="graphiql-un-styled" onClick={() => open(example)}>
              <strong>{example.title}</strong>
              {example.description && <small>{example.description}</small>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The side panel that lists the examples and opens one in a new tab on a click. */
export function examplesPlugin(examples: Example[]): GraphiQLPlugin {
  return { title: 'Examples', icon: ExamplesIcon, content: () => <ExamplesPanel examples={examples} /> };
}

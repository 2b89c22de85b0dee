/// <reference lib="dom" />
import { useState, type ReactElement } from 'react';
import { Button, useGraphiQL, useGraphiQLActions } from '@graphiql/react';

const STORAGE_KEY = 'stemgraph:token';

/** The token as it is sent: without blanks around it and without a pasted "Bearer". */
export function cleanToken(text: string): string {
  return text.trim().replace(/^bearer\s+/i, '');
}

/** Whether a header can carry the token at all. */
export function isSendable(token: string): boolean {
  return /^[\x21-\x7e]*$/.test(token);
}

/** The token of this browser tab; empty if there is none. */
export function readToken(): string {
  return sessionStorage.getItem(STORAGE_KEY) ?? '';
}

/** Keeps the token for this browser tab only; an empty one is forgotten. */
function storeToken(token: string): void {
  if (token) sessionStorage.setItem(STORAGE_KEY, token);
  else sessionStorage.removeItem(STORAGE_KEY);
}

/** A labelled field for the personal access token, with a button to forget it. */
export function TokenField(): ReactElement {
  const [text, setText] = useState(readToken);
  const schema = useGraphiQL((state) => state.schema);
  const actions = useGraphiQLActions();

  const change = (value: string): void => {
    setText(value);
    storeToken(cleanToken(value));
  };
  // Where the schema is refused to anonymous readers, a token just entered is the moment to ask again.
  const retrySchema = (): void => {
    if (!schema && text) void actions.introspect();
  };

  return (
    <div className="stemgraph-token" role="group" aria-label="Access">
      <label htmlFor="stemgraph-token">Personal access token</label>
      <input
        id="stemgraph-token"
        type="password"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        placeholder="none: anonymous"
        title="Sent with every request; kept until this browser tab is closed"
        aria-invalid={!isSendable(cleanToken(text))}
        value={text}
        onChange={(event) => change(event.target.value)}
        onBlur={retrySchema}
        onKeyDown={(event) => {
          if (event.key === 'Enter') retrySchema();
        }}
      />
      <Button type="button" disabled={text === ''} aria-label="Clear token" onClick={() => change('')}>
        Clear
      </Button>
    </div>
  );
}

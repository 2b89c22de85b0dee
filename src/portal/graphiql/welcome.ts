import type { Example } from './examples';

// One line per thought: the editor wraps them to its width.
const WELCOME = `# Welcome to Stemgraph: neuroscience metadata, each field shown to those who may see it.
# Run this: Ctrl-Enter (Mac: Cmd-Enter) or the play button.
# More: "Examples" on the left; each opens in its own tab.
# All types: "Documentation" on the left. Ctrl-Space completes.
# To see more than is public, enter your token above.
`;

/** The text a first-time visitor finds in the editor: a welcome, then the first example or the smallest query. */
export function welcomeQuery(examples: readonly Example[]): string {
  const query = examples[0]?.query ?? '{ __typename }\n';
  return `${WELCOME}\n${query}`;
}

import { ASSETS_PATH, EXAMPLES_PATH, type BundleManifest } from './layout';

/** What the page is made from. */
export interface PageInput {
  manifest: BundleManifest;
  /** The GraphQL endpoint, as a path on this server. */
  endpoint: string;
  /** A fresh random value; the policy sent with the page must name the same one. */
  nonce: string;
}

/**
 * The content-security policy. Nothing is allowed unless listed, and nothing listed is on another host.
 *
 * Styles are the one place where the Monaco editor asks for more than `'self'`:
 * - it creates `<style>` elements for themes and decorations. `client.tsx` marks each with the page's nonce,
 *   so `'unsafe-inline'` is not needed for elements, and a `<style>` injected as markup stays blocked;
 * - it draws selections, error marks, indent guides and line numbers as markup with `style="left:…"` attributes,
 *   which are lost or misplaced without `style-src-attr 'unsafe-inline'`. An attribute can carry no nonce and its text
 *   differs each time, so this cannot be avoided. It allows attributes only, and with no other host allowed for
 *   images or fonts such a style has nowhere to send anything.
 *
 * Files that are not pages get the same policy without a nonce; a worker is held to the one it came with.
 */
export function contentSecurityPolicy(nonce?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    nonce ? `style-src 'self' 'nonce-${nonce}'` : "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "worker-src 'self'",
    "connect-src 'self'",
    "font-src 'self'",
    "img-src 'self' data:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** A branching stem, as an image that needs no request. */
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#2f8f5b" stroke-width="2">' +
    '<path d="M12 21V9M12 15l-5-5M12 12l5-5"/><circle cx="12" cy="5" r="2.5"/><circle cx="5" cy="9" r="2"/>' +
    '<circle cx="19" cy="6" r="2"/></svg>',
)}`;

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** The page itself: no inline script and no inline style; the client reads its settings from data attributes. */
export function renderPage({ manifest, endpoint, nonce }: PageInput): string {
  const asset = (name: string) => escapeAttribute(ASSETS_PATH + name);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <title>Stemgraph · GraphiQL</title>
    <link rel="icon" href="${escapeAttribute(ICON)}">
    <link rel="stylesheet" href="${asset(manifest.style)}">
    <script type="module" src="${asset(manifest.script)}"></script>
  </head>
  <body>
    <header id="bar" class="graphiql-container">
      <h1>Stemgraph</h1>
      <div id="access"></div>
    </header>
    <main id="graphiql" nonce="${nonce}" data-endpoint="${escapeAttribute(endpoint)}" data-examples="${EXAMPLES_PATH}">
      <p>Loading GraphiQL …</p>
      <noscript><p>GraphiQL needs JavaScript. The API itself does not: send a POST request to it.</p></noscript>
    </main>
  </body>
</html>
`;
}

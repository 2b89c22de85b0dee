/** Who asks. Anonymous is a viewer like any other, never an absent value. */
export type Viewer =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly userId: string; readonly isAdministrator: boolean };

export const anonymous: Viewer = { kind: 'anonymous' };

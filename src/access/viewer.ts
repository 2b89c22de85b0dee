/** Who asks. Anonymous is a viewer like any other, never an absent value. */
export type Viewer =
  | { readonly kind: 'anonymous'; readonly asIf?: Supposition }
  | {
      readonly kind: 'user';
      readonly userId: string;
      readonly isAdministrator: boolean;
      readonly scopes?: readonly Scope[];
      /** The personal access token that is used; absent for one of an identity provider. */
      readonly tokenId?: string;
      /** They come with a token of an identity provider. */
      readonly byProvider?: boolean;
      /** When that token expires. */
      readonly validUntil?: Date;
    };

/**
 * Asks what would be, if some projects and attributes were public or private that are not; or, of a subject or session, if
 * it were in a public project or in none.
 */
export interface Supposition {
  readonly public: readonly string[];
  readonly private: readonly string[];
  /** Nothing but `public` is public: what is seen is seen through these alone. */
  readonly only?: boolean;
}

/** Somebody with an account. */
export type SignedIn = Extract<Viewer, { kind: 'user' }>;

export const anonymous: Viewer = { kind: 'anonymous' };

/** What a token lets its bearer do, beyond what the user's roles allow. Without any, only reading. */
export type Scope = 'READ' | 'WRITE' | 'PUBLISH';

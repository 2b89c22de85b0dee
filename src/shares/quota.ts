import { overloaded } from '../errors';

export interface QuotaLimits {
  perClient: number;
  forAll: number;
}

/** Something of which each client may have so much at a time, and all together so much: requests, files, bytes. */
export class Quota {
  private taken = 0;
  private readonly byClient = new Map<string, number>();

  /** @param tell what a client is told that wants more: of itself, and of the server */
  constructor(
    private readonly limits: QuotaLimits,
    private readonly tell: { client: string; all: string; retryAfter: number },
  ) {}

  /** Takes a part of it for a client. Throws OVERLOADED where there is not so much left. */
  take(client: string, amount = 1): Portion {
    const portion = new Portion(this, client);
    portion.grow(amount);
    return portion;
  }

  /** For portions only. */
  change(client: string, amount: number): void {
    const own = (this.byClient.get(client) ?? 0) + amount;
    if (amount > 0) {
      if (own > this.limits.perClient) throw overloaded(this.tell.client, this.tell.retryAfter);
      if (this.taken + amount > this.limits.forAll) throw overloaded(this.tell.all, this.tell.retryAfter);
    }
    this.taken += amount;
    if (own === 0) this.byClient.delete(client);
    else this.byClient.set(client, own);
  }
}

/** What a client has taken of a quota. */
export class Portion {
  private amount = 0;

  constructor(
    private readonly quota: Quota,
    private client: string,
  ) {}

  /** Throws OVERLOADED, and stays as it was, where there is not so much left. */
  grow(amount: number): void {
    this.quota.change(this.client, amount);
    this.amount += amount;
  }

  /** It was taken for an address, and now it is known whose it is. Throws OVERLOADED where they have no more left. */
  moveTo(client: string): void {
    if (client === this.client) return;
    const { amount } = this;
    this.giveBack();
    this.client = client;
    this.grow(amount);
  }

  /** Gives all of it back; may be called twice. */
  giveBack(): void {
    this.quota.change(this.client, -this.amount);
    this.amount = 0;
  }
}

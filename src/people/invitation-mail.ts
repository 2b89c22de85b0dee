/** What there is to tell an invited address. It may belong to nobody, or to somebody who wants to hear nothing. */
export interface InvitationMail {
  /** The id of the invitation. */
  id: string;
  to: string;
  invitedById: string;
}

export type InvitationMailer = (mail: InvitationMail) => void | Promise<void>;

let mailer: InvitationMailer | undefined;

/** Has invitations by e-mail sent from now on; without a mailer none are, which is how a server starts. */
export function sendInvitationsWith(wanted: InvitationMailer | undefined): void {
  mailer = wanted;
}

/**
 * Hands a stored invitation to the mailer, if there is one. Nobody waits for it: how long it takes, and whether it
 * succeeds, would tell the inviter something about the address. The mailer reports its own failures.
 */
export function announceInvitation(mail: InvitationMail): void {
  const send = mailer;
  if (send)
    setImmediate(
      () =>
        void Promise.resolve(mail)
          .then(send)
          .catch(() => undefined),
    );
}

import { productAccess } from '../menus.js';
import { catalogue } from './remedy.js';

const nameOfNobody =
  'Find out whether that is a person. If so, give the service account another user name, which is the address of nobody. Until then, change neither of them for what is known of the other.';

/** What a roster can find that does not fit together. */
export const rosterRemedies = /* @__PURE__ */ catalogue(() => ({
  not_in_directory: {
    message: 'A member of a workspace is not in the directory: added by hand, or known there under another address.',
    remedy:
      'The directory neither changes nor removes such a member. To have it do so, add the person to it with this address. If the person has left, remove the member in ChatGPT.',
  },
  managed_but_not_in_directory: {
    message: 'The workspace says that a directory manages this member, and this directory has nobody with the address.',
    remedy:
      'Look in the directory for the person under another address. If there is nobody, check that the SCIM URL is that of the directory of this workspace: another one, such as that of the whole organization, may manage the member, and only there can the member be removed for good.',
  },
  invitation_pending: {
    message: 'Somebody is invited into a workspace, has not accepted yet, and can use no other one.',
    remedy:
      'For some days nothing is wrong. Then ask the person to accept the invitation, or to sign in to ChatGPT with the address that was invited. If no mail came, an owner can have it sent again by entering the same address under Invite member. Do not create the person anew in the directory.',
  },
  invited_but_not_in_directory: {
    message:
      'Somebody is invited into a workspace and is not in the directory: invited by hand, or under another address.',
    remedy:
      'If the person belongs there, add them to the directory with this address, or it will neither change nor remove the member that comes of it. If not, an owner can withdraw the invitation in ChatGPT, among the pending invitations.',
  },
  inactive_but_invited: {
    message: 'Somebody is switched off in the directory, and an invitation into a workspace is still open.',
    remedy:
      'Look again after the next sync. If it stays so, have an owner withdraw the invitation in ChatGPT, among the pending invitations: whoever accepts it becomes a member.',
  },
  no_access: {
    message:
      'An active entry of the directory is in none of the workspaces, and invited into none. All members and all invitations that the service shows were read.',
    remedy: `If the directory is that of the whole organization, give a group of the person access to the workspace under ${productAccess}. If it has, or the directory is that of one workspace, look again after the next sync. The person may also be a member under another address, or of a workspace that this connection does not have.`,
  },
  not_in_workspace: {
    message:
      'An active entry of the directory is in none of the workspaces, as far as the service shows. Whether an invitation is not accepted yet, access is missing, or an account is switched off or has another address, is not known: not all invitations could be read, one has a status that is not known, a list of members shows active ones only or some without an address, or the entry has no address, or came or changed while the workspaces were read.',
    remedy: `Ask an owner to look for the address among the pending invitations. If it is there, the person has to accept it or sign in; the owner can have it sent again by entering the same address under Invite member. If it is not, and the directory is that of the whole organization, give a group of the person access to the workspace under ${productAccess}. If it has, the person may be a member under another address, or of a workspace that this connection does not have.`,
  },
  email_of_service_account: {
    message: 'A member of a workspace has an address that is the user name of a service account in the directory.',
    remedy: nameOfNobody,
  },
  /** The same of somebody who is no member. */
  email_of_service_account_invited: {
    message:
      'Somebody who is invited into a workspace, and no member of one, has an address that is the user name of a service account in the directory.',
    remedy: nameOfNobody,
  },
  active_but_inactive_in_workspace: {
    message: 'Somebody is active in the directory, and switched off in each workspace that shows an account.',
    remedy:
      'Find out who switched the account off. If the person has left, switch the entry off in the directory too, or a sync may switch the account on again. If not, have an owner switch the account on in ChatGPT, and look again after the next sync.',
  },
  account_with_several_addresses: {
    message:
      'One account in the workspaces has several addresses, and an entry of the directory does not have all of them. The account is shown with the first entry that has one.',
    remedy:
      'Find out whose account it is, and give it one address everywhere. Until then, change neither this entry nor another one that has an address of the account: one of them may look as if it had none.',
  },
  inactive_but_active_in_workspace: {
    message: 'Somebody is switched off in the directory, and still active in a workspace.',
    remedy:
      'Look again after the next sync. If it stays so, there is another way in, such as an invitation by hand or an account from before the directory: remove the member in ChatGPT too.',
  },
  email_shared_in_directory: {
    message: 'Several entries of the directory have one address. The account in the workspace is shown with the first.',
    remedy: 'Find out whose address it is, and take it from the others, before any of them is changed or deactivated.',
  },
  email_shared_in_workspace: {
    message: 'Several accounts in the workspaces have one address.',
    remedy:
      'Find out which of them the person uses. What belongs to the others, such as chats and projects, stays behind when they are removed.',
  },
}));

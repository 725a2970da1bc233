/** Where an administrator finds things, spelt as ChatGPT's own menus are. */
export const directorySync = 'Workspace settings → Identity & Provisioning → Directory Sync (SCIM)';
export const workspaceDetails = 'General → Workspace details';
export const adminKeys = 'admin.openai.com → Credentials → Admin keys';

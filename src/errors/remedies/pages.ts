/** Pages for whoever wants to read more, as they were on 2026-11-29. */
export const adminKeyHelp = 'https://help.openai.com/en/articles/20001407';
export const allowlistHelp = 'https://help.openai.com/en/articles/12111596';
export const complianceHelp = 'https://help.openai.com/en/articles/9261474';
export const platformLogHelp = 'https://help.openai.com/en/articles/9687866';
export const scimHelp = 'https://help.openai.com/en/articles/10011769';
export const statusPage = 'https://status.openai.com';

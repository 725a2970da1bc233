/**
 * Names of event types, actions and sub-types that `toOcsf` knows and maps to nothing of their own, each with the reason. A name
 * that is neither here nor in a table fails the test beside.
 */
export const unmappedNames: Readonly<Record<string, string>> = {
  COSTS: 'a measurement',
  CHATGPT_USER_ANALYTICS: 'a measurement',
  CHATGPT_PROJECT_ANALYTICS: 'a measurement',
  CHATGPT_GPT_ANALYTICS: 'a measurement',
  CHATGPT_SURVEY_ANALYTICS: 'a measurement',
};

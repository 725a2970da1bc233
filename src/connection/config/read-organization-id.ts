import { cleanText } from './clean-text.js';
import type { FieldReport } from './field-report.js';

const remedy =
  'Copy the organization ID, which starts with org-, from the same page as the workspace ID, or leave the field empty.';

/** Reads the id of an organization, `org-…`. */
export function readOrganizationId(value: unknown, report: FieldReport): string | undefined {
  const text = cleanText(value, report);
  if (text === undefined || /^org-[A-Za-z0-9]+$/.test(text)) return text;
  report.problem('not_an_organization_id', 'This is not an organization ID.', remedy);
  return undefined;
}

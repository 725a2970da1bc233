import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import type { RequestOptions } from '../../transport/transport.js';
import type { ServiceProviderConfig } from '../schemas/service-provider-config.js';
import { requestOptions, type Session, send } from '../session.js';
import { documentAttributes } from './document-attributes.js';
import { learnFrom } from './learn-from.js';
import { readDocument } from './read-document.js';

/** Asks what the server can do, and remembers it. */
export async function readServiceProviderConfig(
  session: Session,
  options: RequestOptions | undefined,
): Promise<ServiceProviderConfig> {
  const ask = (route: string) => send(session, { ...requestOptions(options), method: 'GET', route });
  // Older servers write the plural of SCIM 1.1.
  const { body } = await ask('/ServiceProviderConfig').catch((error: unknown) => {
    if (!(error instanceof ResponseError) || error.status !== 404) throw error;
    return ask('/ServiceProviderConfigs').catch((failure: unknown) => {
      throw isFailure(failure) ? error : failure;
    });
  });
  const config = readDocument<ServiceProviderConfig>(body, documentAttributes.serviceProviderConfig);
  learnFrom(config, session.learned);
  return config;
}

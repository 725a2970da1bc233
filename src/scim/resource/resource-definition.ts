import type { Schema } from '../../internal/schema.js';
import type { ResourceSchema } from '../schemas/resource-schema.js';

/** Validators of extensions by URN, made with zod or any other library of Standard Schema. */
export type ExtensionShapes = Readonly<Record<`urn:${string}`, Schema<unknown>>>;

/** What extensions add to the type of a resource. */
export type ExtensionsOf<Extensions extends ExtensionShapes> = {
  [Urn in keyof Extensions]?: Extensions[Urn] extends Schema<infer Output> ? Output | null | undefined : unknown;
};

/**
 * A type of resource: where it is and what it is made of (RFC 7643 §6).
 *
 * @example
 * ```ts
 * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
 * import * as z from 'zod';
 *
 * const client = new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'secret', profile: 'rfc' });
 * const devices = client.resource({
 *   endpoint: '/Devices',
 *   schema: { id: 'urn:example:schemas:2.0:Device', attributes: { serialNumber: { required: true } } },
 *   shape: z.object({ serialNumber: z.string() }),
 * });
 * for await (const device of devices.iterate()) console.log(device.serialNumber);
 * ```
 */
export interface ResourceDefinition<Shape = unknown, Extensions extends ExtensionShapes = ExtensionShapes> {
  /** Path below the base URL, such as `/Devices`. */
  readonly endpoint: string;
  /** URN of the core schema and the rules of the attributes: spelling, case, number of values. */
  readonly schema: ResourceSchema;
  /** Type of the resource, and what is checked before one is sent. What servers send is not checked. */
  readonly shape?: Schema<Shape> | undefined;
  /** The same for extensions. */
  readonly extensions?: Extensions | undefined;
  /** Attributes that name one resource, to find it again by, best first. @default ['externalId'] */
  readonly naturalKeys?: readonly string[] | undefined;
}

import { EmulatorError } from '../../errors/emulator-error.js';
import type { EmulatorRequest } from '../core/emulator-request.js';
import type { EmulatorRoute, EmulatorService } from '../core/routes.js';
import { type Fault, faultName } from './fault.js';

/** Which requests a fault meets. Everything that is given must hold. */
export interface FaultTarget {
  /** One or more routes, method included, such as `GET /Users`. */
  readonly route?: EmulatorRoute | readonly EmulatorRoute[] | undefined;
  /** One of the three origins: SCIM, Compliance API, or the storage of the signed URLs. */
  readonly service?: EmulatorService | undefined;
  /** A condition of your own. It sees every request that the rest of the target lets through. */
  readonly when?: ((request: EmulatorRequest) => boolean) | undefined;
  /** Lets this many matching requests pass first. @default 0 */
  readonly skip?: number | undefined;
  /** Meets this many requests, then is used up. `Infinity` for all of them. @default 1 */
  readonly times?: number | undefined;
}

/** A fault in the plan. */
export interface PlannedFault {
  /** What goes wrong. */
  readonly fault: Fault;
  /** How many requests it has met. */
  readonly used: number;
  /** Takes it out of the plan; it is then not reported as unused. */
  remove(): void;
}

interface Entry {
  readonly fault: Fault;
  readonly target: FaultTarget;
  skip: number;
  left: number;
  used: number;
}

/** The faults that are still to come. */
export class FaultPlan {
  readonly #entries: Entry[] = [];

  /**
   * Plans a fault. Without a target it meets the next request, whatever it is. Several faults may meet one request.
   *
   * A fault that met no request makes {@link Emulator.close} throw.
   *
   * @example
   * import { createEmulator, fault } from 'chatgpt-enterprise-sdk/testing';
   *
   * const emulator = createEmulator();
   * const outage = emulator.faults.add(fault.status(503), { route: ['GET /Users', 'GET /Groups'], times: 2 });
   * console.log(outage.used); // 0
   */
  add(fault: Fault, target: FaultTarget = {}): PlannedFault {
    const entry: Entry = { fault, target, skip: target.skip ?? 0, left: target.times ?? 1, used: 0 };
    this.#entries.push(entry);
    const remove = () => {
      const index = this.#entries.indexOf(entry);
      if (index !== -1) this.#entries.splice(index, 1);
    };
    return {
      fault,
      get used() {
        return entry.used;
      },
      remove,
    };
  }

  /** Forgets every planned fault, used or not. */
  clear(): void {
    this.#entries.length = 0;
  }

  /** Faults that were planned and met fewer requests than they should have; `Infinity` asks for one at least. */
  get unused(): readonly string[] {
    return this.#entries.filter(isUnused).map(describe);
  }

  /** @internal The faults this request meets. */
  take(request: EmulatorRequest, service: EmulatorService, route: EmulatorRoute | undefined): readonly Fault[] {
    if (this.#entries.length === 0) return none;
    const taken: Fault[] = [];
    for (const entry of this.#entries) {
      if (entry.left <= 0 || !matches(entry.target, request, service, route)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.left -= 1;
      entry.used += 1;
      taken.push(entry.fault);
    }
    return taken;
  }

  /** @internal */
  complaints(): EmulatorError[] {
    const unused = this.unused;
    if (unused.length === 0) return [];
    const message = `These faults did not meet the requests they were planned for: ${unused.join('; ')}.`;
    const remedy = 'Check the route and the count of each fault, or remove it when it is meant to be optional.';
    return [new EmulatorError('unused_fault', message, { remedy })];
  }
}

const none: readonly Fault[] = [];

function isUnused(entry: Entry): boolean {
  return entry.left === Number.POSITIVE_INFINITY ? entry.used === 0 : entry.left > 0;
}

function matches(
  target: FaultTarget,
  request: EmulatorRequest,
  service: EmulatorService,
  route: EmulatorRoute | undefined,
): boolean {
  if (target.service !== undefined && target.service !== service) return false;
  if (target.route !== undefined) {
    if (route === undefined) return false;
    const wanted = target.route;
    if (typeof wanted === 'string' ? wanted !== route : !wanted.includes(route)) return false;
  }
  return target.when === undefined || target.when(request);
}

function describe(entry: Entry): string {
  const { route, service } = entry.target;
  const place = route === undefined ? (service ?? 'any route') : [route].flat().join(' or ');
  const share =
    entry.left === Number.POSITIVE_INFINITY ? 'never used' : `used ${entry.used} of ${entry.used + entry.left} times`;
  return `${faultName(entry.fault)} on ${place} (${share})`;
}

import { checkChoice, checkNumber, checkOptions, checkWord } from '../errors/check-options.js';
import { EmulatorError } from '../errors/emulator-error.js';
import { checkFault, type Fault, faultName } from './faults.js';
import { type EmulatorRequest, type EmulatorRoute, type EmulatorService, emulatorRoutes } from './routes.js';

/** Which requests a fault meets. Every given condition must hold. */
export interface FaultTarget {
  /** One or more routes, method included, such as `GET /Users`. */
  readonly route?: EmulatorRoute | readonly EmulatorRoute[] | undefined;
  /** SCIM, Compliance API, Admin API, API Platform, or the storage of the signed URLs. */
  readonly service?: EmulatorService | undefined;
  /** A condition of your own, called for every request that meets the others. */
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
  #entries: Entry[] = [];

  /**
   * Plans a fault. Without a target it meets the next request; several may meet one. {@link Emulator.close} throws if one
   * was not used.
   *
   * @throws InputError for what `fault` did not make, and for a condition or a route that there is not: such a fault would
   * do nothing, or never meet anything.
   */
  add(fault: Fault, given: FaultTarget = {}): PlannedFault {
    checkFault(fault);
    const target = checkTarget(given);
    const entry: Entry = { fault, target, skip: target.skip ?? 0, left: target.times ?? 1, used: 0 };
    this.#entries.push(entry);
    return {
      fault,
      get used() {
        return entry.used;
      },
      remove: () => {
        this.#entries = this.#entries.filter((other) => other !== entry);
      },
    };
  }

  /** Forgets every planned fault, used or not. */
  clear(): void {
    this.#entries = [];
  }

  /** Faults that met fewer requests than planned; `Infinity` expects at least one. */
  get unused(): readonly string[] {
    return this.#entries.filter(isUnused).map(describe);
  }

  /** @internal The faults this request meets. */
  take(request: EmulatorRequest, service: EmulatorService, route: EmulatorRoute | undefined): readonly Fault[] {
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
    const message = `Unused faults: ${unused.join('; ')}.`;
    const remedy = 'Check the route and count of each fault, or remove the fault if it is optional.';
    return [new EmulatorError('unused_fault', message, { remedy })];
  }
}

function checkTarget(given: FaultTarget): FaultTarget {
  const target = checkOptions('faults.add()', given, {
    route: true,
    service: true,
    when: true,
    skip: true,
    times: true,
  });
  const { route, service, skip, times } = target;
  for (const one of route === undefined ? [] : [route].flat()) {
    checkWord('a route of the emulator', one, emulatorRoutes, ['route']);
  }
  checkChoice('service', service, [undefined, 'scim', 'compliance', 'admin', 'platform', 'storage']);
  if (skip !== undefined) checkNumber('skip', skip, 0);
  if (times !== undefined && times !== Number.POSITIVE_INFINITY) checkNumber('times', times);
  return target;
}

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
  if (target.route !== undefined && ![target.route].flat().some((wanted) => wanted === route)) return false;
  return target.when === undefined || target.when(request);
}

function describe(entry: Entry): string {
  const { route, service } = entry.target;
  const place = route === undefined ? (service ?? 'any route') : [route].flat().join(' or ');
  const share =
    entry.left === Number.POSITIVE_INFINITY ? 'never used' : `used ${entry.used} of ${entry.used + entry.left} times`;
  return `${faultName(entry.fault)} on ${place} (${share})`;
}

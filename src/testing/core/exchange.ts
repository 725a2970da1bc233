import { EmulatorError } from '../../errors/emulator-error.js';
import { answerInstead, changeAnswer, changeRequest, rowsOf } from '../faults/apply-fault.js';
import type { Fault } from '../faults/fault.js';
import { faultName } from '../faults/fault.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import type { Answer } from './answer.js';
import type { EmulatorClock } from './emulator-clock.js';
import type { EmulatorRequest } from './emulator-request.js';
import type { RequestLog } from './request-log.js';
import type { EmulatorRoute, EmulatorService } from './routes.js';
import type { Service } from './service.js';

/** One request in, one answer out: record it, let the faults have it, give it to its service. */
export type Exchange = (request: EmulatorRequest) => Promise<Answer>;

/** Joins the services, the faults and the log. */
export function createExchange(parts: {
  readonly services: Readonly<Record<EmulatorService, Service>>;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
  readonly clock: EmulatorClock;
  /** Told of a request that nothing here can answer. */
  readonly onUnhandled: (error: EmulatorError) => void;
}): Exchange {
  const { services, faults: plan, requests, clock } = parts;
  const previousLists = new Map<EmulatorRoute, Answer>();

  return async (request) => {
    const service = request.service === undefined ? undefined : services[request.service];
    const match = service?.match(request);
    const recorded = requests.record(clock.now(), request, request.service, match?.route);
    if (service === undefined || request.service === undefined || match === undefined) {
      const error = unhandled(request);
      parts.onUnhandled(error);
      throw error;
    }

    const faults = plan.take(request, request.service, match.route);
    if (faults.length === 0) {
      const answer = await service.handle(request, match.route, match.params);
      if (rowsOf(answer) !== undefined) previousLists.set(match.route, answer);
      recorded.status = answer.status;
      return answer;
    }
    recorded.faults = faults.map(faultName);
    const answer = await answerWithFaults(request, match.route, match.params, service, faults);
    recorded.status = answer.delivery?.cut === 'before_answer' ? undefined : answer.status;
    return answer;
  };

  async function answerWithFaults(
    request: EmulatorRequest,
    route: EmulatorRoute,
    params: readonly string[],
    service: Service,
    faults: readonly Fault[],
  ): Promise<Answer> {
    const instead = await answerInstead(request, faults, service, clock);
    const answer = instead ?? (await service.handle(changeRequest(request, faults), route, params));
    return changeAnswer(answer, faults, request, previousLists.get(route));
  }
}

function unhandled(request: EmulatorRequest): EmulatorError {
  const place =
    request.service === undefined
      ? `the origin ${request.url.origin}`
      : `${request.service} route ${request.url.pathname}`;
  return new EmulatorError('unhandled_request', `The emulator does not serve ${request.method} on ${place}.`, {
    remedy:
      'Build URLs on emulator.scim.baseUrl and emulator.compliance.baseUrl. A route the emulator lacks needs another stand-in.',
  });
}

import { EmulatorError } from '../errors/emulator-error.js';
import type { EmulatorClock } from './clock.js';
import { answerInstead, changeAnswer, changeRequest, rowsOf } from './fault-effects.js';
import type { FaultPlan } from './fault-plan.js';
import { faultName } from './faults.js';
import type { RequestLog } from './request-log.js';
import type { Answer, EmulatorRequest, EmulatorRoute, EmulatorService, Service } from './routes.js';

interface ExchangeParts {
  readonly services: Readonly<Record<EmulatorService, Service>>;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
  readonly clock: EmulatorClock;
  /** Told of a request that nothing here can answer. */
  readonly onUnhandled: (error: EmulatorError) => void;
}

/** One request in, one answer out: record it, let the faults have it, give it to its service. */
export class Exchange {
  readonly #parts: ExchangeParts;
  readonly #previousLists = new Map<EmulatorRoute, Answer>();

  constructor(parts: ExchangeParts) {
    this.#parts = parts;
  }

  async answer(request: EmulatorRequest): Promise<Answer> {
    const { services, faults: plan, requests, clock, onUnhandled } = this.#parts;
    const service = request.service === undefined ? undefined : services[request.service];
    const match = service?.match(request);
    const recorded = requests.record(clock.now(), request, match?.route);
    if (service === undefined || request.service === undefined || match === undefined) {
      const error = unhandled(request);
      onUnhandled(error);
      throw error;
    }
    const { route, params } = match;
    const faults = plan.take(request, request.service, route);
    if (faults.length === 0) {
      const answer = await service.handle(request, route, params);
      if (rowsOf(answer) !== undefined) this.#previousLists.set(route, answer);
      recorded.status = answer.status;
      return answer;
    }
    recorded.faults = faults.map(faultName);
    for (const fault of faults) if (fault.kind === 'meanwhile') await fault.change();
    let answer =
      (await answerInstead(request, faults, service, clock)) ??
      (await service.handle(changeRequest(request, faults), route, params));
    const context = { request, service, storage: services.storage, clock, previous: this.#previousLists.get(route) };
    for (const fault of faults) answer = await changeAnswer(answer, fault, context);
    recorded.status = answer.delivery?.cut === 'before_answer' ? undefined : answer.status;
    return answer;
  }
}

function unhandled(request: EmulatorRequest): EmulatorError {
  const { method, service, url } = request;
  const place = service === undefined ? `the origin ${url.origin}` : `${service} route ${url.pathname}`;
  return new EmulatorError('unhandled_request', `The emulator does not serve ${method} on ${place}.`, {
    remedy:
      'Build URLs from emulator.scim.baseUrl and emulator.compliance.baseUrl. Mock routes that the emulator lacks.',
  });
}

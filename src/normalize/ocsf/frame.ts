import type { Sieve } from '../sensitive.js';
import type { OcsfActor, OcsfLocation } from './objects.js';
import type { RulePlan } from './plan.js';

/** What stands around every record of a log: when, whose, by whom, from where. It is filled while the record is walked. */
export class Frame {
  readonly sieve: Sieve;
  /** How the record becomes events, which says what of a request there is a place for. */
  readonly plan: RulePlan;
  readonly isPlatform: boolean;
  readonly product: string;
  logName: string | undefined;
  id: string | undefined = undefined;
  time = 0;
  originalTime: string | undefined = undefined;
  tenant: string | undefined = undefined;
  actor: OcsfActor | undefined = undefined;
  /** Where a request came from. */
  ip: string | undefined = undefined;
  location: OcsfLocation | undefined = undefined;
  network: number | undefined = undefined;
  agent: string | undefined = undefined;
  hostname: string | undefined = undefined;
  /** The program that sent the request, by the name it has in the record. */
  client: string | undefined = undefined;

  constructor(sieve: Sieve, plan: RulePlan, isPlatform: boolean, logName: string | undefined) {
    this.sieve = sieve;
    this.plan = plan;
    this.isPlatform = isPlatform;
    this.product = isPlatform ? 'OpenAI API Platform' : 'ChatGPT Enterprise';
    this.logName = logName;
  }
}

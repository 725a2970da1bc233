import type { DetailMakers, EventContext, EventMaker } from './event-context.js';

/** Makes events whose `event_type` decides what stands in `event_details`. */
export function withDetails<Details, Event>(
  makers: DetailMakers<Details>,
  frame: (context: EventContext, eventType: keyof Details) => object,
): EventMaker<Event> {
  const types = Object.keys(makers) as (keyof Details & string)[];
  return {
    kinds: types.length,
    make(context, kind) {
      const eventType = types[kind % types.length] as keyof Details & string;
      const event_details = { detail_type: eventType, ...makers[eventType](context) };
      // The compiler cannot follow that a name and its own details belong together; DetailMakers has checked each pair.
      return [{ ...frame(context, eventType), event_type: eventType, event_details } as Event];
    },
  };
}

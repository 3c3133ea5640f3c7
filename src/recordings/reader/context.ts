import { Collector } from '../io/collector.ts';
import { createNaming } from '../io/naming.ts';
import type { Receiver } from '../io/receiver.ts';
import { limitsOf, type ReadOptions } from '../options.ts';
import { unknownAnswer, type Context } from '../values/context.ts';
import { OpenRequests } from '../values/open-requests.ts';
import { parseWay } from '../values/pointers.ts';
import { LoggedTexts } from '../text/logged-texts.ts';
import { TimeOrder } from '../values/time-order.ts';

/** What it takes to read a recording, as nothing is known of it yet. */
export function contextFor(options: ReadOptions, receiver: Receiver): Context {
  const isWhole = options.isWhole ?? true;
  const { maxFindingsPerCode, maxDepth } = limitsOf(options);
  return {
    out: new Collector(options.file, maxFindingsPerCode, receiver),
    times: new TimeOrder(),
    splits: new LoggedTexts(isWhole),
    requests: new OpenRequests(isWhole),
    routePrefix: options.routePrefix ?? '',
    routes: options.routes ?? [],
    ways: (options.at ?? []).flatMap((pointer) => [parseWay(pointer) ?? []]),
    naming: options.naming ?? createNaming(),
    maxDepth,
    answer: unknownAnswer,
  };
}

/**
 * What became of each application user's requests, from the emulator's log. `share`: the time that the limit asks for at
 * least, divided by the time it took, net of what Retry-After's whole seconds cost.
 */
export function accountOf(requests, earlyCalls, { requests: limit, windowMs }) {
  const users = Map.groupBy(
    requests.filter(({ applicationUser, url }) => applicationUser !== null && !url.includes('/oauth2/')),
    ({ applicationUser }) => applicationUser,
  );
  return Object.fromEntries(
    [...users].map(([user, own]) => {
      const account = accountOfUser(own, { limit, windowMs });
      const early = earlyCalls.filter(({ clientId }) => clientId === user);
      return [user, { ...account, early: early.filter(({ msAfterClosing }) => msAfterClosing > 1_000).length }];
    }),
  );
}

function accountOfUser(requests, { limit, windowMs }) {
  const admitted = [];
  let roundingMs = 0;
  let wasThrottled = false;
  for (const { at, status } of requests) {
    const instant = Date.parse(at);
    if (status === 429) {
      if (!wasThrottled) roundingMs += roundingOf(admitted.at(-limit) ?? instant, { instant, windowMs });
      wasThrottled = true;
    } else {
      admitted.push(instant);
      wasThrottled = false;
    }
  }
  const tookMs = admitted.at(-1) - admitted[0] - roundingMs;
  const leastMs = ((admitted.length - 1) / limit - 1) * windowMs;
  return {
    admitted: admitted.length,
    throttled: requests.length - admitted.length,
    perSecond: admitted.length / ((admitted.at(-1) - admitted[0]) / 1000),
    share: Math.min(1, leastMs / tookMs),
  };
}

/** The emulator rounds up the time until the oldest call of the window leaves it; a second is the least it says. */
function roundingOf(oldest, { instant, windowMs }) {
  const waitMs = Math.max(0, oldest + windowMs - instant);
  return Math.max(1, Math.ceil(waitMs / 1000)) * 1000 - waitMs;
}

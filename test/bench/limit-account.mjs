/**
 * What became of each application user's requests, from the emulator's log. `share`: what was admitted since calls were
 * let in again after the first throttle, of what the limit allows in that time, net of what Retry-After's whole seconds
 * cost. Before that the window was not full, and whoever is faster takes more.
 */
export function accountOf(requests, earlyCalls, { requests: limit, windowMs }) {
  const untilMs = Math.max(...requests.map(({ at }) => Date.parse(at)));
  const users = Map.groupBy(
    requests.filter(({ applicationUser, url }) => applicationUser !== null && !url.includes('/oauth2/')),
    ({ applicationUser }) => applicationUser,
  );
  return Object.fromEntries(
    [...users].map(([user, own]) => {
      const account = accountOfUser(own, { limit, windowMs, untilMs });
      const early = earlyCalls.filter(({ clientId }) => clientId === user);
      return [user, { ...account, early: early.filter(({ msAfterClosing }) => msAfterClosing > 1_000).length }];
    }),
  );
}

function accountOfUser(requests, { limit, windowMs, untilMs }) {
  const calls = requests.map(({ at, status }) => ({ at: Date.parse(at), admitted: status !== 429 }));
  const admitted = calls.filter((call) => call.admitted);
  const firstThrottle = calls.findIndex((call) => !call.admitted);
  const steady = calls.slice(Math.max(0, firstThrottle));
  const steadyAdmitted = steady.filter((call) => call.admitted);
  const from = steadyAdmitted[0]?.at ?? untilMs;
  const tookMs = untilMs - from - roundingMs(calls, { from, limit, windowMs });
  return {
    admitted: admitted.length,
    throttled: calls.length - admitted.length,
    perSecond: admitted.length / ((untilMs - calls[0].at) / 1000),
    share: tookMs <= 0 ? 0 : Math.min(1, (steadyAdmitted.length * windowMs) / limit / tookMs),
  };
}

/** Over every closing since an instant. */
function roundingMs(calls, { from, limit, windowMs }) {
  const admitted = [];
  let sum = 0;
  for (const [index, call] of calls.entries()) {
    const closes = !call.admitted && (calls[index - 1]?.admitted ?? true);
    if (closes && call.at >= from) sum += roundingOf(admitted.at(-limit) ?? call.at, { instant: call.at, windowMs });
    if (call.admitted) admitted.push(call.at);
  }
  return sum;
}

/** The emulator rounds up the time until the oldest call of the window leaves it; a second is the least it says. */
function roundingOf(oldest, { instant, windowMs }) {
  const waitMs = Math.max(0, oldest + windowMs - instant);
  return Math.max(1, Math.ceil(waitMs / 1000)) * 1000 - waitMs;
}

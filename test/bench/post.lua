-- Purchases, each with a key of its own, one per request or so many in a batch; the keys' first part comes from the clock.
local body_start = os.getenv("BENCH_BODY_START")
local body_end = os.getenv("BENCH_BODY_END")
local path = os.getenv("BENCH_PATH")
local items = tonumber(os.getenv("BENCH_ITEMS"))
local count = 0
local run = ""

wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_KEY")
wrk.headers["Content-Type"] = "application/json"

function init()
  math.randomseed(os.time())
  run = os.time() .. "-" .. math.random(1, 1000000000)
end

local function event()
  count = count + 1
  return body_start .. run .. "-" .. count .. body_end
end

function request()
  if items == 1 then return wrk.format("POST", path, nil, event()) end
  local events = {}
  for index = 1, items do events[index] = event() end
  return wrk.format("POST", path, nil, '{"events":[' .. table.concat(events, ",") .. "]}")
end

function done(summary, latency)
  io.write(string.format("BENCH %d %f %f %d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(99) / 1000, summary.errors.status + summary.errors.read + summary.errors.timeout))
end

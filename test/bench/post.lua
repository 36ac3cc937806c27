-- A purchase per request, each with a key of its own; the key's first part comes from the clock.
local body_start = os.getenv("BENCH_BODY_START")
local body_end = os.getenv("BENCH_BODY_END")
local path = os.getenv("BENCH_PATH")
local count = 0
local run = ""

wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_KEY")
wrk.headers["Content-Type"] = "application/json"

function init()
  math.randomseed(os.time())
  run = os.time() .. "-" .. math.random(1, 1000000000)
end

function request()
  count = count + 1
  return wrk.format("POST", path, nil, body_start .. run .. "-" .. count .. body_end)
end

function done(summary, latency)
  io.write(string.format("BENCH %d %f %f %d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(99) / 1000, summary.errors.status + summary.errors.read + summary.errors.timeout))
end

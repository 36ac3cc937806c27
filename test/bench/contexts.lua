-- Contexts of events that stand in a file, one id per line, each told once by a system job of its own.
local body = os.getenv("BENCH_BODY")
local path = os.getenv("BENCH_PATH")
local seconds = os.time()
local ids = {}
local count = 0

wrk.headers["x-bench-key"] = os.getenv("BENCH_KEY")
wrk.headers["Content-Type"] = "application/json"

function init()
  for id in io.lines(os.getenv("BENCH_IDS")) do ids[#ids + 1] = id end
end

function request()
  count = count + 1
  local operation = string.format("%08x-0000-4000-8000-%012x", seconds, count)
  local id = ids[(count - 1) % #ids + 1]
  return wrk.format("POST", path, nil, (body:gsub("@event@", id):gsub("@operation@", operation)))
end

function done(summary, latency)
  io.write(string.format("BENCH %d %f %f %f %d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.read + summary.errors.timeout))
end

-- Sends requests of one length from a file, each once, in order; starts over at its end and says so.
-- With a third argument each connection rests so many milliseconds on average between requests: load that is offered, not as much as goes.
local file, length, sent, total, wrapped
function init(args)
  file = assert(io.open(args[1], "rb"))
  length = tonumber(args[2])
  wrapped = 0
  local rest = tonumber(args[3] or "0")
  if rest > 0 then delay = function() return math.random(0, math.floor(2 * rest)) end end
end
function request()
  local bytes = file:read(length)
  if not bytes or #bytes < length then
    wrapped = wrapped + 1
    file:seek("set", 0)
    bytes = file:read(length)
  end
  return bytes
end
function setup(thread) thread:set("wrapped", 0) end
function done(summary, latency, requests)
  io.write(string.format("RESULT %d %d %d %d %d %d\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end

// Lua, because what is counted and what is taken must be one step over all workers.

/**
 * KEYS: places (sorted set: owner by end of lease), health (hash). ARGV: owner, now, lease ms, set concurrency, probe ms.
 * Answers {'in', fence}, {'full', retry ms} or {'resting', retry ms}.
 */
export const enterScript = `
local places, health = KEYS[1], KEYS[2]
local owner, now, lease, set, probe = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
redis.call('ZREMRANGEBYSCORE', places, '-inf', now)
local restsUntil = tonumber(redis.call('HGET', health, 'restsUntil') or '0')
if restsUntil > now then return {'resting', restsUntil - now} end
local bears = tonumber(redis.call('HGET', health, 'bears') or set)
local probeAt = tonumber(redis.call('HGET', health, 'probeAt') or '0')
if bears < set and probeAt > 0 and now >= probeAt then
  bears = bears + 1
  redis.call('HSET', health, 'bears', bears, 'probing', 1)
  local wait = tonumber(redis.call('HGET', health, 'probeWait') or probe)
  redis.call('HSET', health, 'probeAt', now + wait)
end
local limit = math.min(bears, set)
-- A provider that was ill is asked by one call alone whether it is well again.
if redis.call('HGET', health, 'convalescent') == '1' then limit = 1 end
local mine = redis.call('ZSCORE', places, owner)
if not mine and redis.call('ZCARD', places) >= limit then return {'full', 25} end
redis.call('ZADD', places, now + lease, owner)
redis.call('PEXPIRE', places, lease * 2)
redis.call('PEXPIRE', health, 86400000)
return {'in', redis.call('HINCRBY', health, 'fence', 1)}
`

/**
 * KEYS as above. ARGV: owner, now, how it ended, failures until it rests, rest ms, longest rest, probe ms, longest probe.
 * A refusal says how many it bears: those still in flight. Every further probe that is refused waits twice as long for the next.
 */
export const leaveScript = `
local places, health = KEYS[1], KEYS[2]
local owner, now, how = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local illCalls, rest, maxRest, probe, maxProbe = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
if redis.call('ZREM', places, owner) == 0 then return 0 end
redis.call('ZREMRANGEBYSCORE', places, '-inf', now)
if how == 'too-many' then
  local others = math.max(1, redis.call('ZCARD', places))
  local bears = tonumber(redis.call('HGET', health, 'bears') or '1000000')
  local wait = tonumber(redis.call('HGET', health, 'probeWait') or probe)
  if redis.call('HGET', health, 'probing') == '1' then wait = math.min(maxProbe, wait * 2) end
  redis.call('HSET', health, 'bears', math.min(bears, others), 'probeWait', wait, 'probeAt', now + wait, 'probing', 0)
elseif how == 'ill' then
  local ill = redis.call('HINCRBY', health, 'ill', 1)
  local convalescent = redis.call('HGET', health, 'convalescent') == '1'
  if ill >= illCalls or convalescent then
    local last = tonumber(redis.call('HGET', health, 'rest') or '0')
    local next = math.min(maxRest, math.max(rest, last * 2))
    redis.call('HSET', health, 'restsUntil', now + next, 'rest', next, 'ill', 0, 'convalescent', 1)
  end
elseif how == 'answered' then
  redis.call('HSET', health, 'ill', 0, 'rest', 0, 'convalescent', 0)
end
redis.call('PEXPIRE', health, 86400000)
return 1
`

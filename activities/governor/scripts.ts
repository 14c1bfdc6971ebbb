// Lua, because what is counted and what is taken must be one step over all workers. shared/provider-health.ts says what the keys hold.

/**
 * KEYS: places, health, line, asked. ARGV: owner, now, lease ms, set concurrency, probe ms, how long a turn is kept for someone silent.
 * Answers {'in', fence}, {'full', retry ms}, {'resting', retry ms} or {'blocked', code, detail}.
 */
export const enterScript = `
local places, health, line, asked = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local owner, now, lease, set, probe = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local turn = tonumber(ARGV[6])
redis.call('ZREMRANGEBYSCORE', places, '-inf', now)
local mine = redis.call('ZSCORE', places, owner)
local blocked = redis.call('HGET', health, 'blockedCode')
if blocked and not mine then
  local asking = redis.call('HGET', health, 'asking')
  -- While one call looks whether it was put right, the others wait for what it finds.
  if asking and redis.call('ZSCORE', places, asking) then return {'full', 100} end
  if now < tonumber(redis.call('HGET', health, 'askAgainAt') or '0') then
    return {'blocked', blocked, redis.call('HGET', health, 'blockedDetail') or ''}
  end
  -- What is still in flight was sent before and says nothing new: it does not stand in the way.
  redis.call('HSET', health, 'asking', owner, 'askAgainAt', now + lease)
  redis.call('ZADD', places, now + lease, owner)
  redis.call('PEXPIRE', places, lease * 2)
  return {'in', redis.call('HINCRBY', health, 'fence', 1)}
end
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
if not mine then
  for _, gone in ipairs(redis.call('ZRANGEBYSCORE', asked, '-inf', now - turn)) do
    redis.call('ZREM', line, gone)
    redis.call('ZREM', asked, gone)
  end
  if not redis.call('ZSCORE', line, owner) then redis.call('ZADD', line, redis.call('HINCRBY', health, 'ticket', 1), owner) end
  local before, free = redis.call('ZRANK', line, owner), limit - redis.call('ZCARD', places)
  if before >= free then
    redis.call('ZADD', asked, now, owner)
    redis.call('PEXPIRE', line, lease)
    redis.call('PEXPIRE', asked, lease)
    -- Only the next ones can use a place that comes free.
    return {'full', before < free + 2 and 10 or 30}
  end
  redis.call('ZREM', line, owner)
  redis.call('ZREM', asked, owner)
end
redis.call('ZADD', places, now + lease, owner)
redis.call('PEXPIRE', places, lease * 2)
redis.call('PEXPIRE', health, 86400000)
return {'in', redis.call('HINCRBY', health, 'fence', 1)}
`

/** KEYS as above. ARGV: owner, now, lease ms. Above what the provider bears as well: what is in flight counts. */
export const renewScript = `
local places, owner, now, lease = KEYS[1], ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
redis.call('ZADD', places, now + lease, owner)
redis.call('PEXPIRE', places, lease * 2)
return 1
`

/**
 * KEYS as above. ARGV: owner, now, how it ended, failures until it rests, rest ms, longest rest, probe ms, longest probe, ask again ms,
 * code and detail of what a person must do.
 * A refusal says how many it bears: those still in flight. Every further probe that is refused waits twice as long for the next.
 */
export const leaveScript = `
local places, health = KEYS[1], KEYS[2]
local owner, now, how = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local illCalls, rest, maxRest, probe, maxProbe = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local askAgain, code, detail = tonumber(ARGV[9]), ARGV[10], ARGV[11]
local asked = redis.call('HGET', health, 'asking') == owner
if asked then redis.call('HDEL', health, 'asking') end
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
  -- An answer to a call sent before the refusal says nothing of what came after it.
  if asked then redis.call('HDEL', health, 'blockedCode', 'blockedDetail', 'blockedAt', 'askAgainAt') end
elseif how == 'ask' then
  redis.call('HSETNX', health, 'blockedAt', now)
  redis.call('HSET', health, 'blockedCode', code, 'blockedDetail', detail, 'askAgainAt', now + askAgain)
end
redis.call('PEXPIRE', health, 86400000)
return 1
`

/** KEYS as above. ARGV: a mark of the key. Another one than before lets the next call look whether the provider answers now. */
export const keyScript = `
local health, mark = KEYS[2], ARGV[1]
local before = redis.call('HGET', health, 'key')
redis.call('HSET', health, 'key', mark)
if before and before ~= mark and redis.call('HEXISTS', health, 'blockedCode') == 1 then
  redis.call('HSET', health, 'askAgainAt', 0)
end
return 1
`

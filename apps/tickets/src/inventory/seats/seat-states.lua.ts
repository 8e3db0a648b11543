/**
 * The scripts of the hold store. Per screening, under one hash tag:
 *   KEYS[1] epoch   the inventory epoch that this state belongs to
 *   KEYS[2] seats   seat id → "h:<hold id>:<until, ms>" or "c:<claim number>"; absent = free
 *   KEYS[3] holds   hold id → "<until>:<extended 0|1>:<buyer>:<seat,seat,…>"
 *   KEYS[4] buyers  buyer → hold id
 *   KEYS[5] expiry  hold ids by the moment they end
 * Only the server's own clock is read. An expired entry is free whether or not it was swept.
 */
const COMMON = `
local function now_ms() local t = redis.call('TIME') return t[1] * 1000 + math.floor(t[2] / 1000) end
local function read_hold(id)
  local v = redis.call('HGET', KEYS[3], id)
  if not v then return nil end
  local till, extended, buyer, list = string.match(v, '^(%d+):([01]):([^:]*):(.*)$')
  return { till = tonumber(till), extended = extended, buyer = buyer, list = list }
end
local function drop_hold(id)
  local hold = read_hold(id)
  if not hold then return end
  for seat in string.gmatch(hold.list, '[^,]+') do
    local v = redis.call('HGET', KEYS[2], seat)
    if v and string.sub(v, 1, #id + 3) == 'h:' .. id .. ':' then redis.call('HDEL', KEYS[2], seat) end
  end
  redis.call('HDEL', KEYS[3], id)
  redis.call('ZREM', KEYS[5], id)
  if redis.call('HGET', KEYS[4], hold.buyer) == id then redis.call('HDEL', KEYS[4], hold.buyer) end
end
`;

/** ARGV: epoch, hold id, buyer, ttl ms, "seats" then the seat ids, or "any", count, seats in the hall. */
export const HOLD = `${COMMON}
local epoch = redis.call('GET', KEYS[1])
if epoch ~= ARGV[1] then return { 'epoch', epoch or '' } end
local now = now_ms()
local id, buyer = ARGV[2], ARGV[3]
local same = read_hold(id)
if same and same.till > now then
  if same.buyer ~= buyer then return { 'foreign' } end
  return { 'held', tostring(same.till), same.list, same.extended }
end
for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[5], '-inf', now, 'LIMIT', 0, 20)) do drop_hold(old) end
local own = redis.call('HGET', KEYS[4], buyer)
local own_prefix = own and ('h:' .. own .. ':')
local function is_free(v)
  if not v then return true end
  if string.byte(v, 1) ~= 104 then return false end
  if own_prefix and string.sub(v, 1, #own_prefix) == own_prefix then return true end
  return tonumber(string.match(v, ':(%d+)$')) <= now
end
local wanted = {}
if ARGV[5] == 'any' then
  local count, size = tonumber(ARGV[6]), tonumber(ARGV[7])
  local start = now % size
  for step = 0, size - 1 do
    local seat = 'g' .. ((start + step) % size + 1)
    if is_free(redis.call('HGET', KEYS[2], seat)) then wanted[#wanted + 1] = seat end
    if #wanted == count then break end
  end
  if #wanted < count then return { 'taken' } end
else
  for i = 6, #ARGV do wanted[#wanted + 1] = ARGV[i] end
  local taken = { 'taken' }
  for i, v in ipairs(redis.call('HMGET', KEYS[2], unpack(wanted))) do
    if v and not is_free(v) then taken[#taken + 1] = wanted[i] end
  end
  if #taken > 1 then return taken end
end
if own then drop_hold(own) end
local till = now + tonumber(ARGV[4])
local entry, fields = 'h:' .. id .. ':' .. till, {}
for _, seat in ipairs(wanted) do fields[#fields + 1] = seat; fields[#fields + 1] = entry end
redis.call('HSET', KEYS[2], unpack(fields))
local list = table.concat(wanted, ',')
redis.call('HSET', KEYS[3], id, till .. ':0:' .. buyer .. ':' .. list)
redis.call('HSET', KEYS[4], buyer, id)
redis.call('ZADD', KEYS[5], till, id)
return { 'held', tostring(till), list, '0' }
`;

/** ARGV: hold id, buyer, milliseconds from now, "1" when this is the one extension (else: set as told). */
export const PROLONG = `${COMMON}
local id = ARGV[1]
local hold = read_hold(id)
local now = now_ms()
if not hold or hold.buyer ~= ARGV[2] or hold.till <= now then return { 'gone' } end
if ARGV[4] == '1' and hold.extended == '1' then return { 'extended-before', tostring(hold.till), hold.list } end
local till = now + tonumber(ARGV[3])
if ARGV[4] == '1' and till < hold.till then till = hold.till end
local fields = {}
for seat in string.gmatch(hold.list, '[^,]+') do
  local v = redis.call('HGET', KEYS[2], seat)
  if v and string.sub(v, 1, #id + 3) == 'h:' .. id .. ':' then
    fields[#fields + 1] = seat; fields[#fields + 1] = 'h:' .. id .. ':' .. till
  end
end
if #fields > 0 then redis.call('HSET', KEYS[2], unpack(fields)) end
local extended = ARGV[4] == '1' and '1' or hold.extended
redis.call('HSET', KEYS[3], id, till .. ':' .. extended .. ':' .. hold.buyer .. ':' .. hold.list)
redis.call('ZADD', KEYS[5], till, id)
return { 'held', tostring(till), hold.list, extended }
`;

/** ARGV: hold id, buyer. */
export const DROP = `${COMMON}
local hold = read_hold(ARGV[1])
if hold and hold.buyer == ARGV[2] then drop_hold(ARGV[1]) return 1 end
return 0
`;

/** ARGV: epoch, then seat and claim number in turn. A mark never replaces a higher claim number. */
export const MARK = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
local fields = {}
for i = 2, #ARGV, 2 do
  local v = redis.call('HGET', KEYS[2], ARGV[i])
  local there = v and string.match(v, '^c:(%d+)$')
  if not there or tonumber(there) < tonumber(ARGV[i + 1]) then
    fields[#fields + 1] = ARGV[i]; fields[#fields + 1] = 'c:' .. ARGV[i + 1]
  end
end
if #fields > 0 then redis.call('HSET', KEYS[2], unpack(fields)) end
return #fields / 2
`;

/**
 * ARGV: epoch, then seat and claim number in turn. Frees a seat unless it carries a later claim: one that passed from
 * an order to a pool and was freed there may still be marked with the number that the order had.
 */
export const UNMARK = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return -1 end
local freed = 0
for i = 2, #ARGV, 2 do
  local v = redis.call('HGET', KEYS[2], ARGV[i])
  local there = v and string.match(v, '^c:(%d+)$')
  if there and tonumber(there) <= tonumber(ARGV[i + 1]) then
    redis.call('HDEL', KEYS[2], ARGV[i])
    freed = freed + 1
  end
end
return freed
`;

/**
 * ARGV: the new epoch, the number of holds, per hold id, until, extended, buyer and "seat,seat,…", then the claims as
 * seat and number in turn. Replaces everything when the epoch there is lower.
 */
export const REBUILD = `
local there = redis.call('GET', KEYS[1])
if there and tonumber(there) >= tonumber(ARGV[1]) then return 0 end
redis.call('DEL', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
local at = 3
for _ = 1, tonumber(ARGV[2]) do
  local id, till, extended, buyer, list = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], ARGV[at + 4]
  for seat in string.gmatch(list, '[^,]+') do redis.call('HSET', KEYS[2], seat, 'h:' .. id .. ':' .. till) end
  redis.call('HSET', KEYS[3], id, till .. ':' .. extended .. ':' .. buyer .. ':' .. list)
  redis.call('HSET', KEYS[4], buyer, id)
  redis.call('ZADD', KEYS[5], till, id)
  at = at + 5
end
for from = at, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[from], 'c:' .. ARGV[from + 1]) end
redis.call('SET', KEYS[1], ARGV[1])
return 1
`;

/** The whole state in one answer: epoch, the time, the seats' fields. */
export const READ = `
local t = redis.call('TIME')
return { redis.call('GET', KEYS[1]) or '', tostring(t[1] * 1000 + math.floor(t[2] / 1000)), redis.call('HGETALL', KEYS[2]) }
`;

-- For wrk: sends the requests of a file in turn, as they are. A line with its length is before each.
local requests, turn = {}, 0

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    for length in file:lines() do table.insert(requests, file:read(tonumber(length))) end
end

function request()
    turn = turn % #requests + 1
    return requests[turn]
end

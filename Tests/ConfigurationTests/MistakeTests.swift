import Testing

/// Every kind of mistake, in a configuration that is in order for five lines. All findings come at once.
@Suite struct MistakeTests {
    @Test(arguments: keys + values + operations + routes)
    func `each mistake is found where it stands`(mistake: Case) {
        #expect(findings(whole(mistake.text)).joined(separator: "\n") == mistake.findings)
    }

    static let keys: [Case] = [
        Case(
            #"worker: 2"#,
            finds: #"6:1 error[config.unknown-key] worker: unknown key; did you mean "workers"?"#),
        Case(
            #"zebra: 2"#,
            finds: #"6:1 error[config.unknown-key] zebra: unknown key"#),
        Case(
            #"tsl: 1"#,
            finds: #"6:1 error[config.unknown-key] tsl: unknown key"#),
        Case(
            #"routes: [ {} ]"#,
            finds:
                #"6:11 error[config.missing-key] routes[0]: a route begins with one of expose, get, post, put, patch, delete, any, path, websocket"#
        ),
        Case(
            #"routes: [ { host: a.b } ]"#,
            finds:
                #"6:11 error[config.missing-key] routes[0]: a route begins with one of expose, get, post, put, patch, delete, any, path, websocket"#
        ),
        Case(
            #"""
            routes:
              - get: /x
                post: /x
                call: bank.A
            """#,
            finds: #"8:5 error[route.ambiguous] routes[0].post: the route already has "get"; make it two routes"#),
        Case(
            #"""
            routes:
              - get: /x
                to: web
            """#,
            finds: #"""
                7:5 error[config.missing-key] routes[0]: the key "call" is missing
                8:5 error[config.unknown-key] routes[0].to: unknown key
                """#),
        Case(
            #"""
            routes:
              - path: /x
                too: web
            """#,
            finds: #"8:5 error[config.unknown-key] routes[0].too: unknown key; did you mean "to"?"#),
        Case(
            #"""
            routes:
              - websocket: /live
                messages: { a: bnk.Do, b: { to: wbe } }
                stream: bank.Do
                anything: goes
            """#,
            finds: #"""
                7:5 error[config.missing-key] routes[0]: "select" says where in a message its name stands, as json.action
                8:5 error[route.ambiguous] routes[0].messages: the route already has "stream"; make it two routes
                8:20 error[route.unknown-upstream] routes[0].messages.a: there is no upstream "bnk"; did you mean "bank" (line 4)?
                8:37 error[route.unknown-upstream] routes[0].messages.b.to: there is no upstream "wbe"; did you mean "web" (line 5)?
                10:5 error[config.unknown-key] routes[0].anything: unknown key
                """#),
        Case(
            #"""
            routes:
              - get: /x
                join: {}
            """#,
            finds: #"8:5 error[config.unsupported] routes[0].join: `join` is not supported by this version"#),
        Case(
            #"policies: {}"#,
            finds: #"6:1 error[config.unsupported] policies: `policies` is not supported by this version"#),
        Case(
            #"admin: { address: "0.0.0.0:9901", tokn: a }"#,
            finds: #"""
                6:19 error[admin.open] admin.address: an address that others can reach needs a "token"
                6:35 error[config.unknown-key] admin.tokn: unknown key; did you mean "token"?
                """#),
        Case(
            #"admin: { address: ":9901", token: "two words" }"#,
            finds:
                #"6:35 error[admin.bad-token] admin.token: a token is made of visible ASCII characters, without blanks"#
        ),
        Case(
            #"observe: { access_log: { path: stdout, format: xml }, traces: {} }"#,
            finds: #"""
                6:48 error[config.wrong-type] observe.access_log.format: expected one of json, text, found "xml"
                6:55 error[config.unsupported] observe.traces: `traces` is not supported by this version
                """#),
    ]

    static let values: [Case] = [
        Case(
            #"workers: many"#,
            finds: #"6:10 error[config.wrong-type] workers: expected a whole number from 1 to 1024, found "many""#),
        Case(
            #"workers: 0"#,
            finds: #"6:10 error[config.wrong-type] workers: expected a whole number from 1 to 1024, found "0""#),
        Case(
            #"workers: [1]"#,
            finds: #"6:10 error[config.wrong-type] workers: expected a whole number from 1 to 1024, found a list"#),
        Case(
            #"workers:"#,
            finds: #"6:9 error[config.wrong-type] workers: expected a whole number from 1 to 1024, found nothing"#),
        Case(
            #"routes: { a: 1 }"#,
            finds: #"6:9 error[config.wrong-type] routes: expected a list, found a mapping"#),
        Case(
            #"routes: [ 1 ]"#,
            finds: #"6:11 error[config.wrong-type] routes[0]: expected a route, found "1""#),
        Case(
            #"""
            routes:
              - path: /a
                to: web
                methods: [get]
            """#,
            finds:
                #"9:15 error[config.wrong-type] routes[0].methods[0]: expected one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, found "get"; did you mean "GET"?"#
        ),
        Case(
            #"""
            routes:
              - path: /a
                to: web
                host: 'a:80'
                priority: 9999
            """#,
            finds: #"""
                9:11 error[config.wrong-type] routes[0].host: expected a host name such as shop.example.com or *.example.com, found "a:80"
                10:15 error[config.wrong-type] routes[0].priority: expected a whole number from -1000 to 1000, found "9999"
                """#),
        Case(
            #"""
            routes:
              - path: /a
                to: web
                timeout: 30
            """#,
            finds:
                #"9:14 error[config.wrong-type] routes[0].timeout: expected a duration such as 250ms, 30s, 5m or 24h, found "30"; a unit is missing, as in "30s""#
        ),
        Case(
            #"""
            routes:
              - path: /a
                to: web
                timeout: 48h
            """#,
            finds: #"9:14 error[config.wrong-type] routes[0].timeout: expected a duration from 1ms to 24h, found "48h""#
        ),
        Case(
            #"""
            routes:
              - path: /a
                to: web
                timeout: [1s]
            """#,
            finds:
                #"9:14 error[config.wrong-type] routes[0].timeout: expected a duration such as 250ms, 30s, 5m or 24h, found a list"#
        ),
        Case(
            #"""
            routes:
              - path: /a
                to: web
                timeout: 5 minutes
            """#,
            finds:
                #"9:14 error[config.wrong-type] routes[0].timeout: expected a duration such as 250ms, 30s, 5m or 24h, found "5 minutes""#
        ),
        Case(
            #"""
            routes:
              - path: /a
                to: web
                headers: { 'X Y': 1, X-A: [1] }
            """#,
            finds: #"""
                9:16 error[config.bad-name] routes[0].headers["X Y"]: "X Y" is not the name of a header field
                9:31 error[config.wrong-type] routes[0].headers.X-A: expected the value of a header field, found a list
                """#),
        Case(
            #"""
            routes:
              - path: /a
                to: web
                rewrite: { headers: { set: { Content-Length: 1, 'X Y': 1 }, remove: [Host] } }
            """#,
            finds: #"""
                9:34 error[config.bad-name] routes[0].rewrite.headers.set.Content-Length: the gateway itself writes the field "Content-Length"
                9:53 error[config.bad-name] routes[0].rewrite.headers.set["X Y"]: "X Y" is not the name of a header field
                9:74 error[config.bad-name] routes[0].rewrite.headers.remove[0]: the gateway itself writes the field "Host"
                """#),
    ]

    static let operations: [Case] = [
        Case(
            #"""
            routes:
              - expose: bank
            """#,
            finds:
                #"7:13 error[config.wrong-type] routes[0].expose: expected operations such as bank.* or bank.GetAccount, found "bank""#
        ),
        Case(
            #"""
            routes:
              - expose: web.*
            """#,
            finds:
                #"7:13 error[route.no-contract] routes[0].expose: the upstream "web" has no contract, so it has no operations"#
        ),
        Case(
            #"""
            routes:
              - expose: bnk.*
            """#,
            finds:
                #"7:13 error[route.unknown-upstream] routes[0].expose: there is no upstream "bnk"; did you mean "bank" (line 4)?"#
        ),
        Case(
            #"""
            routes:
              - expose: bank.*
                as: [reest, soap]
            """#,
            finds: #"""
                8:10 error[config.wrong-type] routes[0].as[0]: expected one of rest, grpc, websocket, found "reest"; did you mean "rest"?
                8:17 error[config.unsupported] routes[0].as[1]: `soap` is not supported by this version
                """#),
        Case(
            #"""
            routes:
              - expose: bank.*
                under: /a/:id
            """#,
            finds: #"8:12 error[config.bad-path] routes[0].under: a prefix has no parameters and no "*""#),
        Case(
            #"""
            routes:
              - get: /a/:id
                call: bank.*
            """#,
            finds:
                #"8:11 error[config.wrong-type] routes[0].call: expected an operation such as bank.GetAccount, found "bank.*""#
        ),
        Case(
            #"""
            routes:
              - get: /a/:id
                call: bank.X
                map: { A: path.idd, B: jwt.sub, C: path }
            """#,
            finds: #"""
                9:15 error[route.unknown-parameter] routes[0].map.A: the path /a/:id has no parameter ":idd"; did you mean "id"?
                9:28 error[config.unsupported] routes[0].map.B: `jwt.` is not supported by this version
                9:40 error[config.wrong-type] routes[0].map.C: expected a source: path.name, query.name, header.name or body.name, found "path"
                """#),
        Case(
            #"""
            routes:
              - get: /a
                call: bank.X
                faults: { F: 302 }
                respond: { status: 404, unwarp: X }
            """#,
            finds: #"""
                9:18 error[config.wrong-type] routes[0].faults.F: expected a whole number from 400 to 599, found "302"
                10:24 error[config.wrong-type] routes[0].respond.status: expected a whole number from 200 to 299, found "404"
                10:29 error[config.unknown-key] routes[0].respond.unwarp: unknown key; did you mean "unwrap"?
                """#),
    ]

    static let routes: [Case] = [
        Case(
            #"""
            routes:
              - path: /a
                to: web
                rewrite: { path: /b/** }
            """#,
            finds: #"9:22 error[route.bad-rewrite] routes[0].rewrite.path: the path /a has no "**" to put here"#),
        Case(
            #"""
            routes:
              - path: /a/:id
                to: web
                rewrite: { path: /b/:di }
            """#,
            finds:
                #"9:22 error[route.bad-rewrite] routes[0].rewrite.path: the path /a/:id has no parameter ":di"; did you mean "id"?"#
        ),
        Case(
            #"""
            routes:
              - path: /a/*
                to: web
                rewrite: { path: /b/* }
            """#,
            finds:
                #"9:22 error[route.bad-rewrite] routes[0].rewrite.path: "*" has no name to be put here by; write :name in the route's path and here"#
        ),
        Case(
            #"""
            routes:
              - path: /a
                to: wbe
            """#,
            finds:
                #"8:9 error[route.unknown-upstream] routes[0].to: there is no upstream "wbe"; did you mean "web" (line 5)?"#
        ),
        Case(
            #"""
            routes:
              - path: /a
                to: other
            """#,
            finds: #"8:9 error[route.unknown-upstream] routes[0].to: there is no upstream "other""#),
        Case(
            #"""
            routes:
              - get: /a/:id
                call: bank.X
              - get: /a/:other
                call: bank.Y
            """#,
            finds:
                #"9:10 error[route.duplicate] routes[1]: matches the same requests as routes[0] (line 7); change one, or give one a priority"#
        ),
        Case(
            #"""
            routes:
              - path: /a
                to: web
                methods: [GET, PUT]
              - path: /a
                to: web
                methods: PUT
            """#,
            finds:
                #"10:11 error[route.duplicate] routes[1]: matches the same requests as routes[0] (line 7); change one, or give one a priority"#
        ),
        Case(
            #"""
            routes:
              - path: /a
                to: web
                priority: 5
              - path: /a
                to: web
            """#,
            finds:
                #"10:11 warning[route.unreachable] routes[1]: is never hit, because routes[0] (line 7) matches the same requests with a higher priority"#
        ),
        Case(
            #"""
            routes:
              - path: /a
                to: web
                host: a.b
              - path: /a
                to: web
              - path: /a
                to: web
                headers: { A: 1 }
              - path: /a
                to: web
                methods: [GET]
              - path: /a
                to: web
                methods: [PUT]
              - path: /*
                to: web
            """#,
            finds: #""#),
    ]
}

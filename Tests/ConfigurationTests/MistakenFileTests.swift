import Testing

/// Mistakes in what every configuration has: listeners, upstreams, and YAML itself.
@Suite struct MistakenFileTests {
    @Test(arguments: listeners + upstreams + syntax)
    func `each mistake is found where it stands`(mistake: Case) {
        #expect(findings(mistake.text).joined(separator: "\n") == mistake.findings)
    }

    static let listeners: [Case] = [
        Case(
            #"listeners: {}"#,
            finds: #"""
                1:1 error[config.missing-key] the key "version" is missing
                1:1 error[config.missing-key] listeners: at least one listener is needed
                """#),
        Case(
            #"""
            version: 1
            listeners: {}
            """#,
            finds: #"2:1 error[config.missing-key] listeners: at least one listener is needed"#),
        Case(
            #"- 1"#,
            finds: #"1:1 error[config.wrong-type] expected a mapping, found a list"#),
        Case(
            #"""
            version: 2
            listeners: { a: { address: ':80' } }
            """#,
            finds: #"1:10 error[config.wrong-type] version: expected 1, found "2""#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: 8080 }, 'a b': { address: 'unix:x' }, c: {}, d: }
            """#,
            finds: #"""
                2:28 error[config.wrong-type] listeners.a.address: expected an address: host:port, [v6]:port or unix:/path, found "8080"
                2:36 error[config.bad-name] listeners["a b"]: a name is made of letters, digits, "-" and "_"
                2:54 error[config.wrong-type] listeners["a b"].address: expected an address: host:port, [v6]:port or unix:/path, found "unix:x"
                2:66 error[config.missing-key] listeners.c: the key "address" is missing
                2:76 error[config.wrong-type] listeners.d: expected a mapping, found nothing
                """#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: '0.0.0.0:80' }, b: { address: ':80' }, c: { address: '[::]:80' }, d: { address: '[::1]:81' } }
            """#,
            finds: #"""
                2:58 error[listener.port-clash] listeners.b.address: 0.0.0.0:80 is taken by listener "a" (line 2)
                2:81 error[listener.port-clash] listeners.c.address: [::]:80 is taken by listener "a" (line 2)
                """#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: 'unix:/a' }, b: { address: 'unix:/a' } }
            """#,
            finds: #"2:55 error[listener.port-clash] listeners.b.address: unix:/a is taken by listener "a" (line 2)"#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':9901' } }
            admin: {}
            """#,
            finds: #"3:8 error[listener.port-clash] admin.address: 127.0.0.1:9901 is taken by listener "a" (line 2)"#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0', tls: 1, protocols: [websocket, http] }, b: { address: ':0' } }
            """#,
            finds: #"""
                2:39 error[config.wrong-type] listeners.a.tls: expected a mapping, found "1"
                2:65 error[config.wrong-type] listeners.a.protocols[1]: expected one of http1, http2, websocket, found "http"; did you mean "http1"?
                """#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0', limits: { body: 1MB, header_bytes: 1, connections: -1 } } }
            """#,
            finds: #"""
                2:50 error[config.wrong-type] listeners.a.limits.body: expected a size from 0B to 1024GiB, such as 16KiB or 1MiB, found "1MB"
                2:69 error[config.wrong-type] listeners.a.limits.header_bytes: expected a size from 1KiB to 1MiB, such as 16KiB or 1MiB, found "1"
                2:85 error[config.wrong-type] listeners.a.limits.connections: expected a whole number from 1 to 10000000, found "-1"
                """#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0', timeouts: { idle: 0s, heda: 1s } } }
            """#,
            finds: #"""
                2:52 error[config.wrong-type] listeners.a.timeouts.idle: expected a duration from 1ms to 24h, found "0s"
                2:56 error[config.unknown-key] listeners.a.timeouts.heda: unknown key; did you mean "head"?
                """#),
    ]

    static let upstreams: [Case] = [
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0' } }
            upstreams:
              a: {}
            """#,
            finds:
                #"4:3 error[config.missing-key] upstreams.a: neither "endpoints" nor a "contract" says where the service is"#
        ),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0' } }
            upstreams:
              b: { endpoints: ['ftp://x', 'https://x', grpc] }
            """#,
            finds: #"""
                4:20 error[config.wrong-type] upstreams.b.endpoints[0]: expected an address such as http://host:80/path, found "ftp://x"
                4:44 error[config.wrong-type] upstreams.b.endpoints[2]: expected an address such as http://host:80/path, found "grpc"
                """#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0' } }
            upstreams:
              b: { endpoints: [{ url: 'http://a b/' }, { weight: 1 }, { url: 'http://x', weight: 0 }] }
            """#,
            finds: #"""
                4:27 error[config.wrong-type] upstreams.b.endpoints[0].url: expected an address such as http://host:80/path, found "http://a b/"
                4:44 error[config.missing-key] upstreams.b.endpoints[1]: the key "url" is missing
                4:86 error[config.wrong-type] upstreams.b.endpoints[2].weight: expected a whole number from 1 to 1000, found "0"
                """#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0' } }
            upstreams:
              b: { endpoints: ['http://app:hunter2@h/', 'http://[::1]:80/x/?y#z', 'http://x:0'] }
            """#,
            finds: #"""
                4:20 error[config.wrong-type] upstreams.b.endpoints[0]: an endpoint has no user and no password
                4:45 error[config.wrong-type] upstreams.b.endpoints[1]: expected an address such as http://host:80/path, found "http://[::1]:80/x/?y#z"
                4:71 error[config.wrong-type] upstreams.b.endpoints[2]: expected an address such as http://host:80/path, found "http://x:0"
                """#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0' } }
            upstreams:
              c: { contract: reflection }
              d: { contract: reflection, endpoints: ['https://h'] }
              e: { contract: reflection, endpoints: ['grpc://h'], reflection: { interval: 2d, keep: 1, kepe: x } }
              f: { contract: x.proto, reflection: { interval: 1m } }
              g: { reflection: {}, endpoints: ['grpc://h'] }
            """#,
            finds: #"""
                4:18 error[contract.reflection] upstreams.c.contract: the service is asked over gRPC; "endpoints" needs an address with grpc://, grpcs:// or h2c://
                5:18 error[contract.reflection] upstreams.d.contract: the service is asked over gRPC; "endpoints" needs an address with grpc://, grpcs:// or h2c://
                6:79 error[config.wrong-type] upstreams.e.reflection.interval: expected a duration such as 250ms, 30s, 5m or 24h, found "2d"
                6:92 error[config.unknown-key] upstreams.e.reflection.kepe: unknown key; did you mean "keep"?
                7:27 error[config.missing-key] upstreams.f.reflection: goes with "contract: reflection"
                8:8 error[config.missing-key] upstreams.g.reflection: goes with "contract: reflection"
                """#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0' } }
            upstreams:
              d: { contract: x, balance: hash, health: 1, outliers: 1, circuit: { pending: 1 } }
            """#,
            finds: #"""
                4:30 error[config.unsupported] upstreams.d.balance: `hash` is not supported by this version
                4:36 error[config.unsupported] upstreams.d.health: `health` is not supported by this version
                4:47 error[config.unsupported] upstreams.d.outliers: `outliers` is not supported by this version
                4:71 error[config.unsupported] upstreams.d.circuit.pending: `pending` is not supported by this version
                """#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0' } }
            upstreams:
              d: { contract: x, retry: { attempts: 0, on: [conect], budget: 20 } }
            """#,
            finds: #"""
                4:40 error[config.wrong-type] upstreams.d.retry.attempts: expected a whole number from 1 to 10, found "0"
                4:48 error[config.wrong-type] upstreams.d.retry.on[0]: expected one of connect, unavailable, reset, found "conect"; did you mean "connect"?
                4:65 error[config.wrong-type] upstreams.d.retry.budget: expected a percentage from 0% to 100%, found "20"
                """#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0' } }
            upstreams:
              d: { contract: x, soap: { version: 1.3, validate: on, ws_security: 1 } }
            """#,
            finds: #"""
                4:38 error[config.wrong-type] upstreams.d.soap.version: expected one of 1.1, 1.2, found "1.3"; did you mean "1.1"?
                4:53 error[config.wrong-type] upstreams.d.soap.validate: expected one of off, log, strict, found "on"
                4:57 error[config.unsupported] upstreams.d.soap.ws_security: `ws_security` is not supported by this version
                """#),
        Case(
            #"""
            version: 1
            listeners: { a: { address: ':0' } }
            upstreams:
              d: { contract: x, soap: { vresion: "1.1", unknown: drop }, json: { unknown_members: keep } }
              e: { contract: x, soap: on }
            """#,
            finds: #"""
                4:29 error[config.unknown-key] upstreams.d.soap.vresion: unknown key; did you mean "version"?
                4:54 error[config.wrong-type] upstreams.d.soap.unknown: expected one of keep, ignore, reject, found "drop"
                4:87 error[config.wrong-type] upstreams.d.json.unknown_members: expected one of reject, ignore, found "keep"
                5:27 error[config.wrong-type] upstreams.e.soap: expected a mapping, found "on"
                """#),
    ]

    static let syntax: [Case] = [
        Case(
            #"""
            version: 1
            version: 1
            listeners: { a: { address: ':0', address: ':1' } }
            """#,
            finds: #"""
                2:1 error[config.duplicate-key] "version" is already set in line 1
                3:34 error[config.duplicate-key] "address" is already set in line 3
                """#),
        Case(
            #""#,
            finds: #"1:1 error[config.syntax] the file says nothing"#),
        Case(
            #"a: ["#,
            finds: #"2:1 error[config.syntax] did not find expected node content (while parsing a flow node)"#),
        Case(
            #"a: b: c"#,
            finds: #"1:5 error[config.syntax] mapping values are not allowed in this context"#),
        Case(
            #"\#tx: 1"#,
            finds:
                #"1:1 error[config.syntax] found character that cannot start any token (while scanning for the next token)"#
        ),
        Case(
            #"""
            --- 1
            --- 2
            """#,
            finds: #"2:1 error[config.syntax] a configuration is one document; a second begins here"#),
        Case(
            #"""
            version: !!int 1
            listeners: { a: { address: ':0' } }
            """#,
            finds: #"1:10 error[config.syntax] tags have no meaning in a configuration"#),
        Case(
            #"""
            a: &x 1
            b: *y
            """#,
            finds: #"2:4 error[config.syntax] there is no anchor "&y" before this alias"#),
        Case(
            #"a: &x [*x]"#,
            finds: #"1:8 error[config.syntax] there is no anchor "&x" before this alias"#),
        Case(
            #"""
            ? [a]
            : 1
            """#,
            finds: #"1:3 error[config.syntax] a key is a word"#),
    ]
}

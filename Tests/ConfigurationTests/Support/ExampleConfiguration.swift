/// The example of the configuration's reference, as users copy it.
let exampleConfiguration = #"""
    version: 1
    listeners:
      public: { address: "0.0.0.0:8080" }                    # HTTP/1.1, HTTP/2 (h2c by preface or upgrade) and WebSocket on one port
      secure:
        address: "0.0.0.0:8443"                              # or "unix:/run/dragoman.sock"
        protocols: [http1, http2, websocket]                 # the default; a listener may offer fewer
        tls:
          certificates: [ { certificate: tls/api.pem, key: tls/api.key } ]     # chosen by SNI; reread on reload
          minimum: "1.2"
          clients: { ca: tls/clients.pem, require: true }    # mutual TLS
        limits: { connections: 10000, header_bytes: 32KiB, body: 1MiB }

    upstreams:
      bank:                                                  # SOAP
        contract: wsdl/bank.wsdl
        endpoints: ["http://legacy:8080/Bank"]               # default: the address in the contract
        soap: { version: "1.1", ws_security: { username: app, password: "${BANK_PASSWORD}", digest: true } }
      stock:                                                 # gRPC
        contract: protos/stock.proto                         # .proto text, .pb/.binpb descriptor set, or `reflection`
        import_paths: [protos]
        endpoints: ["grpc://stock-1:9000", "grpc://stock-2:9000"]              # grpc, grpcs, http, https, h2c
        balance: least_requests                              # round_robin, random, hash (by: …); weights as {url:, weight:}
        health: { grpc: true, interval: 5s }                 # or path: /healthz
        outliers: { consecutive_failures: 5, eject: 30s }
        retry: { attempts: 2, on: [connect, unavailable, reset], budget: 20% }
        timeout: 2s
        circuit: { connections: 1024, requests: 1024, pending: 1024 }
      orders: { contract: openapi/orders.yaml, endpoints: ["http://o1:80", "http://o2:80"] }
      web:    { endpoints: ["http://10.0.0.5:3000"] }        # no contract: bytes pass

    routes:
      - expose: bank.*                                       # generated from the contract: every operation, or bank.GetAccount
        as: [rest, soap, grpc, websocket]                    # default [rest]; grpc includes gRPC-Web and Connect
        under: /bank
      - get: /accounts/:id                                   # a hand-shaped route on top; also post:, put:, patch:, delete:, any:
        call: bank.GetAccount
        map: { AccountId: path.id, Verbose: query.verbose }  # path. query. header. body. jwt. ; the rest of the body keeps its place
        faults: { NoSuchAccount: 404 }
        respond: { unwrap: GetAccountResult, status: 200 }
      - expose: stock.v1.StockService                        # google.api.http rules are obeyed; without one: POST /v1/stock.v1.StockService/Method
        under: /v1
        stream: auto                                         # by Accept: text/event-stream, application/x-ndjson, application/json (array)
      - expose: orders.*                                     # gRPC callers over a REST service
        as: [grpc]
      - websocket: /live                                     # one socket, messages routed by content
        connect: orders.authorizeSocket                      # called at the handshake; its refusal refuses the upgrade
        select: json.action
        messages: { placeOrder: orders.createOrder, quote: stock.v1.StockService.Watch }
        default: { error: "unknown action" }
        disconnect: orders.socketClosed
      - websocket: /watch/:symbol                            # one socket, one stream: each message one gRPC message, both ways
        stream: stock.v1.StockService.Chat
      - path: /catalog/**                                    # plain proxy: HTTP/1.1, HTTP/2, gRPC and WebSocket pass through
        host: shop.example.com
        to: web
        rewrite: { path: /v2/catalog/** , headers: { set: { X-Shop: "1" }, remove: [Server] } }
        use:
          - jwt: { issuer: "https://idp", audience: api, jwks: "https://idp/jwks.json", require: { scope: read } }
          - limit: { rate: 100/min, by: jwt.sub, burst: 20 }
          - cache: { ttl: 30s, vary: [Accept] }
          - public-api                                       # a named bundle from `policies:`
      - get: /dashboard/:id                                  # aggregation: parallel unless one needs another's value
        join:
          account: { call: bank.GetAccount, with: { AccountId: path.id } }
          orders:  { call: orders.listOrders, with: { user: path.id }, otherwise: [] }
          price:   { call: stock.v1.StockService.Get, with: { symbol: account.favourite } }
        timeout: 800ms
      - path: /**
        split: { web: 95, web-next: 5 }                      # canary; sticky: jwt.sub | cookie | ip
    policies:
      public-api: [ cors: { origins: ["https://shop.example.com"] }, compress: [gzip], headers: { set: { Strict-Transport-Security: "max-age=31536000" } } ]
    admin:   { address: "127.0.0.1:9901", token: "${ADMIN_TOKEN}" }
    observe: { access_log: { path: stdout, format: json }, traces: { otlp: "http://collector:4318", sample: 1% } }
    """#

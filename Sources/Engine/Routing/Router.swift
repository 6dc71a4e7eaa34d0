internal import Buffers
public import HTTP

/// Finds the route of a request: host, then path (literal before parameter before `*` before `**`), then method, then
/// headers, then priority. The order in which routes were written never matters.
public final class Router: Sendable {
    public enum Match {
        case route(Route)
        /// The path is known, but not with this method; these are.
        case wrongMethod(allowed: [HTTPMethod])
        case none
    }

    private let routes: [Route]
    /// What the routes want besides their paths, in the same order.
    private let conditions: [Condition]
    private let exactHosts: [[UInt8]: RouteTrie]
    /// Suffixes with their dot, longest first.
    private let suffixHosts: [(suffix: [UInt8], trie: RouteTrie)]
    private let anyHost: RouteTrie

    public init(_ routes: [Route]) {
        // Within one path: a route with more conditions is more specific.
        let ordered = routes.enumerated().sorted { left, right in
            Self.rank(left.element.match) == Self.rank(right.element.match)
                ? left.offset < right.offset : Self.rank(left.element.match) > Self.rank(right.element.match)
        }.map(\.element)
        self.routes = ordered
        conditions = ordered.map { Condition($0.match) }
        var byHost: [String: [(PathPattern, Int32)]] = [:]
        var forAny: [(PathPattern, Int32)] = []
        for (index, route) in ordered.enumerated() {
            if let host = route.match.host {
                byHost[host, default: []].append((route.match.path, Int32(index)))
            } else {
                forAny.append((route.match.path, Int32(index)))
            }
        }
        var exact: [[UInt8]: RouteTrie] = [:]
        var suffixes: [([UInt8], RouteTrie)] = []
        for (host, patterns) in byHost {
            if host.hasPrefix("*.") {
                suffixes.append((Array(host.dropFirst().utf8), RouteTrie(patterns)))
            } else {
                exact[Array(host.utf8)] = RouteTrie(patterns)
            }
        }
        exactHosts = exact
        suffixHosts = suffixes.sorted { $0.0.count > $1.0.count }
        anyHost = RouteTrie(forAny)
    }

    /// - Parameters:
    ///   - head: The request; its authority decides the host.
    ///   - path: Its normal path, without the query.
    ///   - captures: Filled with what the route's parameters stand for; keeps its memory from request to request.
    public func match(
        _ head: borrowing HTTPRequestHead, path: RawSpan, captures: inout PathCaptures
    ) -> Match {
        captures.removeAll()
        var search = Search(method: head.method)
        if let route = find(path, head, &search, &captures) { return .route(route) }
        guard search.hasMissed else { return .none }
        // The path is known: once more, for the methods that it has.
        search.collects = true
        _ = find(path, head, &search, &captures)
        return search.allowed.isEmpty ? .none : .wrongMethod(allowed: search.allowed)
    }

    private func find(
        _ path: RawSpan, _ head: borrowing HTTPRequestHead, _ search: inout Search, _ captures: inout PathCaptures
    ) -> Route? {
        if !exactHosts.isEmpty || !suffixHosts.isEmpty {
            let host = Self.hostName(head.authority)
            if let trie = exactHosts[host], let route = find(trie, path, head, &search, &captures) { return route }
            for (suffix, trie) in suffixHosts
            where host.count > suffix.count && host.suffix(suffix.count) == suffix[...] {
                if let route = find(trie, path, head, &search, &captures) { return route }
            }
        }
        return find(anyHost, path, head, &search, &captures)
    }

    private struct Search {
        let method: HTTPMethod
        let bits: UInt16
        /// Whether a route has the path and not the method.
        var hasMissed = false
        var collects = false
        var allowed: [HTTPMethod] = []

        init(method: HTTPMethod) {
            self.method = method
            bits = method.routingBits
        }
    }

    /// Most routes want a method that everybody knows and no header: one look tells.
    private struct Condition: Sendable {
        let methods: UInt16
        let isSimple: Bool

        init(_ match: RouteMatch) {
            methods = match.methods?.reduce(0) { $0 | 1 << $1.routingIndex } ?? .max
            isSimple = match.headers.isEmpty && match.methods?.contains { $0.routingIndex == HTTPMethod.others } != true
        }
    }

    private func find(
        _ trie: RouteTrie, _ path: RawSpan, _ head: borrowing HTTPRequestHead, _ search: inout Search,
        _ captures: inout PathCaptures
    ) -> Route? {
        if search.collects { return findWithHead(trie, path, head, &search, &captures) }
        // No look at the head: to hand it to the closure would be to copy it.
        let bits = search.bits
        var (found, hasMissed) = (-1, false)
        let isFound = trie.match(path, captures: &captures.ranges) { index in
            let condition = conditions[Int(index)]
            if condition.isSimple, condition.methods & bits == 0 {
                hasMissed = true
                return false
            }
            found = Int(index)
            return true
        }
        search.hasMissed = search.hasMissed || hasMissed
        guard isFound else { return nil }
        if conditions[found].isSimple { return routes[found] }
        captures.removeAll()
        return findWithHead(trie, path, head, &search, &captures)
    }

    /// For routes that want more than a path and a method, and for the methods that a path has.
    private func findWithHead(
        _ trie: RouteTrie, _ path: RawSpan, _ head: borrowing HTTPRequestHead, _ search: inout Search,
        _ captures: inout PathCaptures
    ) -> Route? {
        var found = -1
        let isFound = trie.match(path, captures: &captures.ranges) { index in
            search.hasMissed = true
            let match = routes[Int(index)].match
            if let methods = match.methods, !Self.admits(methods, search.method) {
                guard search.collects else { return false }
                for method in methods where !search.allowed.contains(method) { search.allowed.append(method) }
                return false
            }
            if !match.headers.isEmpty, !Self.admits(match.headers, head.headers) { return false }
            found = Int(index)
            return true
        }
        return isFound ? routes[found] : nil
    }

    private static func admits(_ methods: [HTTPMethod], _ method: HTTPMethod) -> Bool {
        methods.contains(method) || method == .head && methods.contains(.get)
    }

    private static func admits(_ wanted: [(name: String, value: String?)], _ headers: borrowing Headers) -> Bool {
        for (name, value) in wanted {
            guard let found = headers[name] else { return false }
            if let value, value != found { return false }
        }
        return true
    }

    private static func rank(_ match: RouteMatch) -> (Int, Int, Int) {
        (match.methods == nil ? 0 : 1, match.headers.count, match.priority)
    }

    /// The host of `authority` in lower case, without port and trailing dot.
    private static func hostName(_ authority: [UInt8]) -> [UInt8] {
        var end = authority.count
        if let colon = authority.lastIndex(of: 0x3A), authority.last != 0x5D { end = colon }
        if end > 0, authority[end - 1] == 0x2E { end -= 1 }
        return authority[..<end].map(ASCII.lowercased)
    }
}

extension HTTPMethod {
    /// The bit of methods that have none of their own.
    fileprivate static let others: UInt16 = 15

    fileprivate var routingIndex: UInt16 {
        switch self {
        case .get: 0
        case .head: 1
        case .post: 2
        case .put: 3
        case .patch: 4
        case .delete: 5
        case .options: 6
        case .trace: 7
        case .connect: 8
        case .other: Self.others
        }
    }

    /// The methods of which a route must have one; HEAD is taken where GET is.
    fileprivate var routingBits: UInt16 {
        if case .head = self { return 0b11 }
        return 1 << routingIndex
    }
}

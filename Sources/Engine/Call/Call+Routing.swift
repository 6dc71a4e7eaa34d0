internal import Buffers
internal import Canonical
internal import HTTP

extension Call {
    /// Brings the request's path into its normal form and finds the route for it.
    func matchRoute(for request: inout HTTPRequestHead) throws(Failure) -> Route {
        let target = request.target
        let pathEnd = target.span.bytes.firstIndex(of: 0x3F) ?? target.count
        let received = target.span.bytes.extracting(0..<pathEnd)
        switch PathNormalizer.normalize(received) {
        case .unchanged:
            context.path.assign(received)
        case .changed(let path):
            context.path.assign(path.span.bytes)
            request.target.replaceSubrange(..<pathEnd, with: path)
        case .refused where target == [0x2A]:
            context.path.assign(received)
        case .refused:
            throw Failure(
                .invalidArgument, "request.path", "The path of the request is malformed or climbs above the root.",
                origin: .client)
        }
        let path = context.path
        switch plan.plan.router.match(request, path: path.span.bytes, captures: &context.captures) {
        case .route(let route): return route
        case .wrongMethod(let allowed):
            var methods = allowed.map(\.description)
            if allowed.contains(.get), !allowed.contains(.head) { methods.append("HEAD") }
            let list = methods.joined(separator: ", ")
            throw Failure(
                .unimplemented, "route.method_not_allowed", "This address answers \(list) only.", origin: .client,
                httpStatus: 405, headers: [("allow", list)])
        case .none:
            throw Failure(.notFound, "route.not_found", "There is nothing at this address.", origin: .client)
        }
    }
}

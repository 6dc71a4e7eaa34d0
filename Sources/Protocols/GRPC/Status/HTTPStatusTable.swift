internal import Canonical

extension FailureCode {
    /// What an HTTP status means where gRPC's own is missing.
    ///
    /// Source: gRPC, "HTTP to gRPC Status Code Mapping".
    init(httpStatus: Int) {
        self =
            switch httpStatus {
            case 400: .internal
            case 401: .unauthenticated
            case 403: .permissionDenied
            case 404: .unimplemented
            case 429, 502, 503, 504: .unavailable
            default: .unknown
            }
    }
}

internal import Canonical

/// Looks for listeners that cannot be bound together.
struct ListenerCheck {
    let configuration: Configuration
    let sources: SourceMap

    var findings: [Diagnostic] {
        let listeners = configuration.listeners
        return listeners.indices.compactMap { index in
            guard let other = listeners[..<index].first(where: { $0.address.clashes(with: listeners[index].address) })
            else { return nil }
            let path = "listeners.\(listeners[index].name).address"
            // A listener whose address could not be read has none that could clash.
            guard let place = sources.location(of: path),
                let otherPlace = sources.location(of: "listeners.\(other.name).address")
            else { return nil }
            let message =
                "\(path): \(listeners[index].address) is taken by listener \"\(other.name)\" (\(otherPlace.reference(from: place)))"
            return Diagnostic(.error, "listener.port-clash", message, at: place)
        }
    }
}

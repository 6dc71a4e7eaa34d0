internal import Canonical

/// Looks for addresses that cannot be listened on together: those of the listeners, and that of the admin API.
struct ListenerCheck {
    /// An address and whose it is.
    private struct Entry {
        var name: String
        var address: Configuration.ListenAddress
        /// Of what has the address.
        var place: String
    }

    let configuration: Configuration
    let sources: SourceMap

    var findings: [Diagnostic] {
        var entries = configuration.listeners.map {
            Entry(name: "listener \"\($0.name)\"", address: $0.address, place: "listeners.\($0.name)")
        }
        if let admin = configuration.admin {
            entries.append(Entry(name: "the admin API", address: admin.address, place: "admin"))
        }
        return entries.indices.compactMap { index in
            let entry = entries[index]
            guard let other = entries[..<index].first(where: { $0.address.clashes(with: entry.address) }),
                let place = location(of: entry), let otherPlace = location(of: other)
            else { return nil }
            let message =
                "\(entry.place).address: \(entry.address) is taken by \(other.name) (\(otherPlace.reference(from: place)))"
            return Diagnostic(.error, "listener.port-clash", message, at: place)
        }
    }

    /// A listener whose address could not be read has none that could clash; the admin API has one by default.
    private func location(of entry: Entry) -> SourceLocation? {
        sources.location(of: "\(entry.place).address") ?? (entry.place == "admin" ? sources.location(of: "admin") : nil)
    }
}

internal import Buffers
internal import Canonical
internal import Configuration
internal import FoundationEssentials

/// The last good answer of a service, in a file.
struct KeptDescriptors {
    let path: String

    /// Writes `descriptors` in one go: whoever reads the file meanwhile sees the old or the new.
    ///
    /// - Returns: What went wrong, as the log says it.
    func write(_ descriptors: Bytes, of upstream: String) -> Diagnostic? {
        let bytes = descriptors.array
        if let known = try? ContractCatalog.files.read(path), known == bytes { return nil }
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
            return nil
        } catch {
            return Diagnostic(
                .warning, "contract.keep", "upstreams.\(upstream).reflection.keep: cannot write \"\(path)\"")
        }
    }
}

extension ReflectedContracts {
    /// Keeps what the services of `configuration` have said just now.
    ///
    /// - Returns: What went wrong.
    func keep(_ configuration: Configuration) -> [Diagnostic] {
        configuration.upstreams.compactMap { upstream in
            guard let path = upstream.reflection.keep, let entry = entries[upstream.name], entry.isFresh else {
                return nil
            }
            return KeptDescriptors(path: path).write(entry.descriptors, of: upstream.name)
        }
    }
}

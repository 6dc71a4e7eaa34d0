internal import Buffers
internal import ProtobufSchema

/// The files that a service has given out so far. Whether they make sense is for the linker to say; here they are only
/// told apart and counted.
struct ReflectedFiles {
    private struct File {
        let bytes: Bytes
        let imports: [String]
        /// The full names of the services that it declares.
        let services: [String]
    }

    private let limits: ReflectionLimits
    private var files: [String: File] = [:]
    private var byteCount = 0
    private(set) var services: Set<String> = []

    init(limits: ReflectionLimits) {
        self.limits = limits
    }

    func has(_ name: String) -> Bool { files[name] != nil }

    /// Adds a `FileDescriptorProto`.
    ///
    /// - Returns: Its name, and what it imports; nil when it is there already.
    mutating func add(_ bytes: Bytes) throws(ReflectionError) -> (name: String, imports: [String])? {
        let (name, file) = try Self.read(bytes)
        if let known = files[name] {
            guard known.bytes == bytes else { throw .conflict(file: ReflectionError.shown(name)) }
            return nil
        }
        guard files.count < limits.files else { throw .tooMuch("\(limits.files) files") }
        guard bytes.count <= limits.bytes - byteCount else { throw .tooMuch("\(limits.bytes >> 20) MiB of files") }
        byteCount += bytes.count
        files[name] = file
        services.formUnion(file.services)
        return (name, file.imports)
    }

    private static func read(_ bytes: Bytes) throws(ReflectionError) -> (String, File) {
        guard let fields = try? WireField.all(of: bytes) else { throw .malformed("a file that is no file descriptor") }
        func texts(_ number: Int) -> [String] {
            fields.filter { $0.tag == WireTag(number, .lengthDelimited) }.map(\.text)
        }
        guard let name = texts(1).last, !name.isEmpty else { throw .malformed("a file without a name") }
        let package = texts(2).last ?? ""
        var services: [String] = []
        for field in fields where field.tag == WireTag(6, .lengthDelimited) {
            guard let service = try? serviceName(field.content) else { throw .malformed("a service that is none") }
            services.append(package.isEmpty ? service : "\(package).\(service)")
        }
        // What is imported for its options only is needed as well (edition 2024).
        return (name, File(bytes: bytes, imports: texts(3) + texts(15), services: services))
    }

    private static func serviceName(_ descriptor: Bytes) throws(WireError) -> String {
        try WireField.all(of: descriptor).last { $0.tag == WireTag(1, .lengthDelimited) }?.text ?? ""
    }

    // MARK: The set

    /// All files as a `google.protobuf.FileDescriptorSet`, imported ones before those that import them; the same files
    /// come to the same bytes, in whatever order they were given out.
    ///
    /// - Parameter served: The services that can be called. Others, which files declare that were only imported, are
    ///   left out, so that the set is the contract as it stands.
    func descriptorSet(serving served: Set<String>) -> Bytes {
        var out = ByteWriter(capacity: byteCount + 16 * files.count)
        for name in order {
            guard let file = files[name] else { continue }
            let isServed = file.services.allSatisfy(served.contains)
            let bytes = isServed ? file.bytes : file.bytes.withoutServices(except: served)
            out.append(field: 1, content: bytes.span)
        }
        return out.finish()
    }

    /// Names, imports first. Without recursion: how deep imports go is the service's to say.
    private var order: [String] {
        var order: [String] = []
        var seen: Set<String> = []
        for root in files.keys.sorted() where seen.insert(root).inserted {
            var path = [(name: root, next: 0)]
            while let last = path.last {
                let imports = files[last.name]?.imports ?? []
                guard last.next < imports.count else {
                    order.append(last.name)
                    path.removeLast()
                    continue
                }
                path[path.count - 1].next += 1
                if seen.insert(imports[last.next]).inserted { path.append((imports[last.next], 0)) }
            }
        }
        return order
    }
}

extension Bytes {
    /// A `FileDescriptorProto` without the services that are not among `served`.
    fileprivate func withoutServices(except served: Set<String>) -> Bytes {
        let fields = (try? WireField.all(of: self)) ?? []
        let package = fields.last { $0.tag == WireTag(2, .lengthDelimited) }?.text ?? ""
        var out = ByteWriter(capacity: count)
        for field in fields {
            switch (field.tag.number, field.tag.type) {
            case (6, .lengthDelimited):
                let service = (try? WireField.all(of: field.content)) ?? []
                let name = service.last { $0.tag == WireTag(1, .lengthDelimited) }?.text
                guard let name, served.contains(package.isEmpty ? name : "\(package).\(name)") else { continue }
                out.append(field: 6, content: field.content.span)
            // Where things stand in the source counts services; without them it would be wrong.
            case (9, .lengthDelimited): continue
            case (let number, .varint): out.append(field: number, varint: field.number)
            case (let number, _): out.append(field: number, content: field.content.span)
            }
        }
        return out.finish()
    }
}

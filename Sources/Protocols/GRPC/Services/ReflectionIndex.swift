internal import Buffers
internal import Canonical
internal import ProtobufSchema

/// What server reflection gives out: the files of several contracts by name, by what they declare and by what they extend.
final class ReflectionIndex: Sendable {
    private struct File: Sendable {
        let descriptor: Bytes
        /// Files of the same contract that it imports.
        var imports: [Int] = []
    }

    struct Extension: Hashable, Sendable {
        let type: String
        let number: Int32
    }

    /// The full names of the services, in order.
    let services: [String]
    private let files: [File]
    private let names: [String: Int]
    private let symbols: [String: Int]
    private let extensions: [Extension: Int]

    init(_ offers: [GRPCServices.Offer]) {
        var services: [String] = []
        var files: [File] = []
        var table = Table()
        for offer in offers {
            for operation in offer.contract.operations {
                guard let service = operation.annotations[ProtobufMethod.self]?.service else { continue }
                if offer.services.contains(service), !services.contains(service) { services.append(service) }
            }
            guard let protobuf = offer.contract.annotations[ProtobufContract.self] else { continue }
            let first = files.count
            var places: [String: Int] = [:]
            for (offset, file) in protobuf.files.enumerated() {
                places[file.name] = first + offset
                files.append(File(descriptor: file.descriptor))
            }
            for (offset, file) in protobuf.descriptors.files.enumerated() {
                files[first + offset].imports = file.dependencies.compactMap { places[$0] }
                table.add(file, at: first + offset)
            }
        }
        self.services = services
        self.files = files
        names = table.names
        symbols = table.symbols
        extensions = table.extensions
    }

    /// The file called `name`, then all that it needs; nil when there is none.
    func files(named name: String) -> [Bytes]? { names[name].map(withImports) }

    /// The file that declares `symbol`, with all that it needs.
    func files(declaring symbol: String) -> [Bytes]? { symbols[symbol].map(withImports) }

    func files(with field: Extension) -> [Bytes]? { extensions[field].map(withImports) }

    /// The numbers of the extensions of `type`; nil when there is no such type.
    func extensionNumbers(of type: String) -> [Int32]? {
        guard symbols[type] != nil else { return nil }
        return extensions.keys.filter { $0.type == type }.map(\.number).sorted()
    }

    private func withImports(_ file: Int) -> [Bytes] {
        var order = [file]
        var seen: Set<Int> = [file]
        var next = 0
        while next < order.count {
            for place in files[order[next]].imports where seen.insert(place).inserted { order.append(place) }
            next += 1
        }
        return order.map { files[$0].descriptor }
    }

    /// Of several that have one name the first is meant.
    private struct Table {
        var names: [String: Int] = [:]
        var symbols: [String: Int] = [:]
        var extensions: [Extension: Int] = [:]

        mutating func add(_ file: FileDescriptor, at place: Int) {
            if names[file.name] == nil { names[file.name] = place }
            for message in file.messages { add(message, at: place) }
            for type in file.enums { add(type.fullName, at: place) }
            for service in file.services {
                add(service.fullName, at: place)
                for method in service.methods { add(method.fullName, at: place) }
            }
            add(file.extensions, at: place)
        }

        private mutating func add(_ message: MessageDescriptor, at place: Int) {
            add(message.fullName, at: place)
            for nested in message.messages { add(nested, at: place) }
            for type in message.enums { add(type.fullName, at: place) }
            add(message.extensions, at: place)
        }

        private mutating func add(_ fields: [FieldDescriptor], at place: Int) {
            for field in fields {
                add(field.fullName, at: place)
                let key = Extension(type: field.extendeeFullName ?? "", number: field.number)
                if extensions[key] == nil { extensions[key] = place }
            }
        }

        private mutating func add(_ symbol: String, at place: Int) {
            if symbols[symbol] == nil { symbols[symbol] = place }
        }
    }
}

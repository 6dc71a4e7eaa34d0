internal import Canonical

/// Resolves the names of files, interprets their options and checks their rules, as protoc's DescriptorBuilder does.
struct Linker {
    private(set) var files: [FileDescriptor] = []
    var symbols = SymbolTable()
    let findings: Findings
    private var indices: [String: Int] = [:]
    /// By file, what it passes on to those who import it.
    private var passedOn: [Set<Int>] = []
    /// By full name, of all files so far.
    private(set) var messages: [String: MessageDescriptor] = [:]
    private(set) var enums: [String: EnumDescriptor] = [:]
    private(set) var extensions: [String: FieldDescriptor] = [:]
    /// By extended message, the names of extensions by their numbers.
    private var extensionNumbers: [String: [Int32: String]] = [:]
    /// By file, what names have been found in.
    var used: Set<Int> = []

    init(findings: Findings) {
        self.findings = findings
    }

    func index(of file: String) -> Int? { indices[file] }

    func extensionName(of message: String, _ number: Int32) -> String? { extensionNumbers[message]?[number] }

    /// A message, from the files or, where they do not have it, as built in.
    func message(_ name: String) -> MessageDescriptor? {
        messages[name] ?? BuiltInFiles.descriptors?.message(name)
    }

    func enumeration(_ name: String) -> EnumDescriptor? {
        enums[name] ?? BuiltInFiles.descriptors?.enumeration(name)
    }

    /// Links one more file, behind those that it imports.
    ///
    /// - Parameter warnsOfUnused: Whether imports without use are worth a warning.
    mutating func add(_ file: FileDescriptor, importPlaces: [Range<Int>] = [], warnsOfUnused: Bool = false) {
        var file = file
        let number = files.count
        guard indices.updateValue(number, forKey: file.name) == nil else {
            return findings.error("proto.duplicate", "The file '\(file.name)' is given twice.", in: file.name)
        }
        files.append(file)
        var visible = imports(of: file)
        visible.insert(number)
        symbols.add(file: visible)
        used = [number]
        file.qualify()
        SymbolCollector(file: file, number: number, findings: findings).declare(in: &symbols)
        TypeResolver(file: number, name: file.name).resolve(&file, &self)
        index(file)
        // What protobuf defines goes first: values of custom options may be messages of this very file.
        for areCustom in [false, true] {
            OptionInterpreter(file: number, name: file.name, edition: file.edition)
                .interpret(&file, areCustom: areCustom, &self)
            file.qualify()
            index(file)
        }
        files[number] = file
        FileChecker(linker: self, file: file).check()
        recordExtensions(of: file)
        if warnsOfUnused { warnOfUnused(file, importPlaces) }
    }

    /// What a file may use of others; remembers what it passes on.
    private mutating func imports(of file: FileDescriptor) -> Set<Int> {
        var visible: Set<Int> = []
        var passed: Set<Int> = [files.count - 1]
        for (place, dependency) in (file.dependencies + file.optionDependencies).enumerated() {
            guard let index = indices[dependency], index < files.count - 1 else {
                findings.error("proto.import", "\"\(dependency)\" is imported but not there.", in: file.name)
                continue
            }
            visible.formUnion(passedOn[index])
            if file.publicDependencies.contains(Int32(truncatingIfNeeded: place)) { passed.formUnion(passedOn[index]) }
        }
        passedOn.append(passed)
        return visible
    }

    private func warnOfUnused(_ file: FileDescriptor, _ places: [Range<Int>]) {
        for (place, dependency) in file.dependencies.enumerated() where places.indices.contains(place) {
            let isPublic = file.publicDependencies.contains(Int32(truncatingIfNeeded: place))
            guard !isPublic, let index = indices[dependency], passedOn[index].isDisjoint(with: used) else { continue }
            findings.warn(
                ProtoError("The import \"\(dependency)\" is not used.", at: places[place], rule: "proto.unused-import"),
                in: file.name)
        }
    }

    // MARK: Index

    private mutating func index(_ file: FileDescriptor) {
        for message in file.messages { index(message) }
        for type in file.enums { enums[type.fullName] = type }
        for field in file.extensions { extensions[field.fullName] = field }
    }

    private mutating func index(_ message: MessageDescriptor) {
        messages[message.fullName] = message
        for nested in message.messages { index(nested) }
        for type in message.enums { enums[type.fullName] = type }
        for field in message.extensions { extensions[field.fullName] = field }
    }

    private mutating func recordExtensions(of file: FileDescriptor) {
        for field in file.allExtensions {
            guard let extendee = field.extendeeFullName else { continue }
            let known = extensionNumbers[extendee, default: [:]].updateValue(field.fullName, forKey: field.number)
            if extensionNumbers[extendee]?.count == MessageChecker.maximumFields {
                findings.error("proto.limit", "'\(extendee)' has too many extensions.", in: file.name)
            }
            if let known, known != field.fullName {
                findings.error(
                    "proto.number",
                    "'\(field.fullName)' extends '\(extendee)' with the number \(field.number) of '\(known)'.",
                    in: file.name, at: field.places.number)
            }
        }
    }
}

extension FileDescriptor {
    /// The extensions of the file and of its messages.
    var allExtensions: [FieldDescriptor] {
        extensions + messages.flatMap(\.allExtensions)
    }
}

extension MessageDescriptor {
    fileprivate var allExtensions: [FieldDescriptor] {
        extensions + messages.flatMap(\.allExtensions)
    }
}

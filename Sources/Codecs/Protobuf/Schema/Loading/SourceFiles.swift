internal import Buffers
internal import Canonical

/// Collects a file with all that it imports, imports first, as protoc orders a descriptor set.
struct SourceFiles {
    /// What an import path leads to.
    enum Source {
        case text(Bytes)
        case descriptor(FileDescriptor)
    }

    static let maximumFiles = 10_000
    static let maximumBytes = 64 << 20
    static let maximumDepth = 200

    private struct Parsed {
        var file: FileDescriptor
        var importPlaces: [Range<Int>]
        var isRoot: Bool
    }

    private let findings: Findings
    private let find: (String) -> Source?
    private var parsed: [Parsed] = []
    /// Whether a file and what it imports is read, or still being read.
    private var isDone: [String: Bool] = [:]
    private var bytes = 0

    /// - Parameter find: What there is under an import path; built-in files need not be found.
    init(findings: Findings, _ find: @escaping (String) -> Source?) {
        self.findings = findings
        self.find = find
    }

    /// Reads the file that imports call `name`.
    mutating func load(_ name: String) {
        guard let source = source(of: name) else {
            return findings.error("proto.import", "There is no file '\(name)'.", in: name)
        }
        load(source, name, isRoot: true, depth: 0)
    }

    /// Reads a file that is given.
    mutating func load(_ source: Source, named name: String) {
        load(source, name, isRoot: true, depth: 0)
    }

    private func source(of name: String) -> Source? {
        find(name) ?? BuiltInFiles.text(name).map { .text($0) }
    }

    private mutating func load(_ source: Source, _ name: String, isRoot: Bool, depth: Int) {
        guard isDone.updateValue(false, forKey: name) == nil else { return isDone[name] = true }
        defer { isDone[name] = true }
        guard let parsed = parse(source, name, isRoot: isRoot) else { return }
        let places = parsed.importPlaces + parsed.file.optionDependencies.map { _ in -1 ..< -1 }
        for (index, dependency) in (parsed.file.dependencies + parsed.file.optionDependencies).enumerated() {
            let place = places.indices.contains(index) ? places[index] : -1 ..< -1
            guard checkImport(dependency, of: name, place, depth) else { continue }
            if let imported = self.source(of: dependency) {
                load(imported, dependency, isRoot: false, depth: depth + 1)
            } else {
                let error = ProtoError("The import \"\(dependency)\" is not found.", at: place, rule: "proto.import")
                findings.error(error, in: name)
            }
        }
        self.parsed.append(parsed)
    }

    /// Whether there is something to load.
    private func checkImport(_ dependency: String, of name: String, _ place: Range<Int>, _ depth: Int) -> Bool {
        if let isDone = isDone[dependency] {
            if !isDone {
                let error = ProtoError("\"\(dependency)\" imports this file in turn.", at: place, rule: "proto.import")
                findings.error(error, in: name)
            }
            return false
        }
        guard parsed.count < Self.maximumFiles, bytes <= Self.maximumBytes, depth < Self.maximumDepth else {
            findings.error(
                ProtoError("There are too many files, or too large ones.", at: place, rule: "proto.limit"), in: name)
            return false
        }
        return true
    }

    private mutating func parse(_ source: Source, _ name: String, isRoot: Bool) -> Parsed? {
        switch source {
        case .descriptor(let file): return Parsed(file: file, importPlaces: [], isRoot: false)
        case .text(let text):
            bytes += text.count
            guard text.count <= Self.maximumBytes else {
                findings.error("proto.limit", "The file is larger than \(Self.maximumBytes >> 20) MiB.", in: name)
                return nil
            }
            let source = SourceText(text, named: name)
            findings.add(source)
            var parser = ProtoParser(source)
            parser.parse()
            for error in parser.allErrors { findings.error(error, in: name) }
            for warning in parser.warnings where isRoot { findings.warn(warning, in: name) }
            return Parsed(file: parser.file, importPlaces: parser.importPlaces, isRoot: isRoot)
        }
    }

    /// The descriptors of all files; nil when something is wrong with them.
    func link() -> DescriptorSet? {
        // Names that a broken file would have declared are not worth a word.
        guard !findings.hasErrors else { return nil }
        var linker = Linker(findings: findings)
        for file in parsed {
            linker.add(file.file, importPlaces: file.importPlaces, warnsOfUnused: file.isRoot)
        }
        return findings.hasErrors ? nil : DescriptorSet(linked: linker.files)
    }
}

internal import Canonical

/// Reads a configuration: the file, what it includes, the keys, and what the checks have to say.
struct Loader {
    private let files: any FileSystem
    private var expansion: Expansion
    private var sources = SourceMap()
    private var findings: [Diagnostic] = []
    /// Files by their normalised paths, so that each is read once.
    private var seen: Set<String> = []

    init(files: any FileSystem, environment: [String: String]) {
        self.files = files
        self.expansion = Expansion(environment: environment, files: files)
    }

    mutating func load(_ bytes: [UInt8], named file: String) -> LoadedConfiguration {
        let root = tree(of: bytes, named: file, including: [])
        var reader = Reader(sources: sources)
        var configuration: Configuration?
        if let root {
            configuration = Configuration.read(root, reader: &reader)
            sources = reader.sources
        }
        findings += reader.findings + expansion.findings
        if let configuration { findings += configuration.check(sources: sources) }
        findings = withoutConsequences(findings).sorted(in: sources)
        return LoadedConfiguration(
            configuration: findings.hasErrors ? nil : configuration, diagnostics: findings, sources: sources)
    }

    /// What a value is that could not be expanded is not known: only the expansion's own finding about it counts.
    private func withoutConsequences(_ findings: [Diagnostic]) -> [Diagnostic] {
        let broken = expansion.brokenValues
        return findings.filter { finding in
            finding.rule.hasPrefix("config.missing-") || finding.rule == "config.bad-variable"
                || !broken.contains { $0 == finding.location }
        }
    }

    /// The tree of one file, with those of the files that it includes merged in.
    ///
    /// - Parameter chain: The normalised paths of the files that led here.
    private mutating func tree(of bytes: [UInt8], named file: String, including chain: [String]) -> YAMLNode? {
        sources.add(String(decoding: bytes, as: UTF8.self), named: file)
        let path = FilePath.normalised(file)
        seen.insert(path)
        let composed = YAMLComposer.compose(bytes, file: file)
        findings += composed.findings.map(withHint)
        sources.hide(composed.sensitive)
        guard let composed = composed.root else {
            if composed.findings.isEmpty { findings.append(empty(file)) }
            return nil
        }
        var root = expansion.expand(composed)
        guard case .mapping = root.content else { return root }
        for pattern in includes(of: root) {
            for included in matches(of: pattern, in: file) {
                guard let tree = include(included, at: pattern.location, chain: chain + [path]) else { continue }
                findings += root.merge(tree)
            }
        }
        return root
    }

    /// The most frequent slip has the least telling message: braces of `${VAR}` that YAML takes for its own.
    private func withHint(_ finding: Diagnostic) -> Diagnostic {
        guard finding.rule == "config.syntax", let place = finding.location,
            let line = sources.line(place.line, of: place.file), line.contains("${")
        else { return finding }
        var finding = finding
        finding.message += "; a value with \"${\" needs quotes inside {…} and […]"
        return finding
    }

    private func empty(_ file: String) -> Diagnostic {
        let place = SourceLocation(file: file, line: 1, column: 1)
        return Diagnostic(.error, "config.syntax", "the file says nothing", at: place)
    }

    /// The patterns of `include`; what is wrong with them is told when all keys are read.
    private func includes(of root: YAMLNode) -> [YAMLNode] {
        guard let include = root["include"]?.value else { return [] }
        if case .list(let patterns) = include.content { return patterns }
        return [include]
    }

    private mutating func matches(of pattern: YAMLNode, in file: String) -> [String] {
        guard case .scalar(let scalar) = pattern.content, !scalar.isNothing, !scalar.text.isEmpty else { return [] }
        let path = FilePath.resolve(scalar.text, besides: file)
        guard Glob.isPattern(path) else { return [path] }
        let found = files.glob(path)
        if found.isEmpty {
            let message = "include: no file matches \"\(scalar.shown)\""
            findings.append(Diagnostic(.warning, "config.empty-include", message, at: pattern.location))
        }
        return found
    }

    private mutating func include(_ file: String, at place: SourceLocation, chain: [String]) -> YAMLNode? {
        let path = FilePath.normalised(file)
        if let start = chain.firstIndex(of: path) {
            let circle = (chain[start...] + [path]).joined(separator: " → ")
            findings.append(
                Diagnostic(.error, "config.include-cycle", "include: files include each other: \(circle)", at: place))
            return nil
        }
        guard !seen.contains(path) else { return nil }
        do throws(FileProblem) {
            return tree(of: try files.read(file), named: file, including: chain)
        } catch {
            let message = "include: cannot read \"\(file)\": \(error.sentence)"
            findings.append(Diagnostic(.error, "config.missing-file", message, at: place))
            return nil
        }
    }
}

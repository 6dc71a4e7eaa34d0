/// The names of all files, and which file may use those of which.
struct SymbolTable {
    private var symbols: [String: Symbol] = [:]
    /// By file: itself, what it imports, and what that passes on.
    private var visible: [Set<Int>] = []

    mutating func add(file: Set<Int>) {
        visible.append(file)
    }

    subscript(name: String) -> Symbol? { symbols[name] }

    /// Declares `name`; returns what has it already.
    mutating func declare(_ name: String, _ kind: Symbol.Kind, file: Int) -> Symbol? {
        guard let known = symbols[name] else {
            symbols[name] = Symbol(kind: kind, files: [file])
            return nil
        }
        guard kind == .package, known.kind == .package else { return known }
        symbols[name]?.files.insert(file)
        return nil
    }

    /// What `name` means at `scope`, the full name of what uses it: the innermost declaration of its first part decides.
    func resolve(_ name: String, at scope: String, file: Int, wantsType: Bool) -> Resolution {
        var hidden: Resolution?
        if name.hasPrefix(".") {
            return lookUp(String(name.dropFirst()), file, &hidden) ?? hidden ?? .missing(scope: nil)
        }
        let first = name.prefix { $0 != "." }
        var scope = Substring(scope)
        while true {
            // What is around the last name.
            let dot = scope.lastIndex(of: ".")
            scope = dot.map { scope[..<$0] } ?? ""
            let prefix = scope.isEmpty ? "" : scope + "."
            if case .found(let full, let symbol)? = lookUp(prefix + first, file, &hidden) {
                if first.count == name.count {
                    if !wantsType || symbol.kind.isType { return .found(full, symbol) }
                } else if symbol.kind.isScope {
                    if let whole = lookUp(prefix + name, file, &hidden) { return whole }
                    return hidden ?? .missing(scope: full)
                }
            }
            if hidden == nil, let symbol = symbols[prefix + name], symbol.kind.isType || !wantsType {
                hidden = symbol.files.first.map { .invisible(prefix + name, file: $0) }
            }
            if dot == nil { return hidden ?? .missing(scope: nil) }
        }
    }

    private func lookUp(_ name: String, _ file: Int, _ hidden: inout Resolution?) -> Resolution? {
        guard let symbol = symbols[name] else { return nil }
        if !symbol.files.isDisjoint(with: visible[file]) { return .found(name, symbol) }
        if symbol.kind != .package, let other = symbol.files.first { hidden = .invisible(name, file: other) }
        return nil
    }

    /// The known name that is most like `name`, if any is.
    func suggestion(for name: String, file: Int, where isWanted: (Symbol) -> Bool) -> String? {
        let word = name.split(separator: ".").last.map(String.init) ?? name
        var best: (distance: Int, name: String)?
        for (full, symbol) in symbols where isWanted(symbol) && !symbol.files.isDisjoint(with: visible[file]) {
            let last = full[(full.lastIndex(of: ".").map(full.index(after:)) ?? full.startIndex)...]
            let distance = Likeness.distance(word, String(last), atMost: 2)
            guard distance <= min(2, word.utf8.count / 3) else { continue }
            if best.map({ (distance, full) < $0 }) ?? true { best = (distance, full) }
        }
        return best?.name
    }
}

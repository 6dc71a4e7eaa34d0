internal import Canonical

/// What stands at the top of a file.
extension ProtoParser {
    mutating func parse() {
        file.documentation = documentation
        if at(word: "syntax") || at(word: "edition") {
            attempt { parser throws(ProtoError) in try parser.syntax() }
        } else {
            warn(ProtoError("The file says no syntax and is read as proto2; write 'syntax = \"proto2\";'.", at: 0..<1))
        }
        while token.kind != .end {
            if at("}") {
                report(ProtoError("There is no block that this would end.", at: token.range))
                advance()
            } else {
                attempt { parser throws(ProtoError) in try parser.topLevel() }
            }
        }
    }

    private mutating func syntax() throws(ProtoError) {
        let isEdition = at(word: "edition")
        advance()
        try expect("=")
        let place = token.range
        let value = try stringText(isEdition ? "an edition" : "a syntax")
        try expectSemicolon()
        switch (value, isEdition) {
        case ("proto2", false): file.edition = .proto2
        case ("proto3", false): file.edition = .proto3
        case ("2023", true): file.edition = .edition2023
        case ("2024", true): file.edition = .edition2024
        default:
            file.edition = isEdition ? .edition2023 : .proto3
            report(
                ProtoError(
                    "\"\(value)\" is not known here; known are syntax \"proto2\" and \"proto3\", edition \"2023\" and \"2024\".",
                    at: place, rule: "proto.syntax-version"))
        }
    }

    private mutating func topLevel() throws(ProtoError) {
        if take(";") { return }
        guard token.kind == .identifier else { throw expected("a declaration") }
        let comment = documentation
        let visibility = takeVisibility()
        switch text {
        case "message": file.messages.append(try message(comment, visibility))
        case "enum": file.enums.append(try enumeration(comment, visibility))
        case "service": file.services.append(try service(comment))
        case "extend":
            let found = try extend()
            file.extensions += found.fields
            file.messages += found.groups
        case "import": try importStatement()
        case "package": try packageStatement(comment)
        case "option": file.options.add(try option())
        default:
            throw ProtoError(
                "'\(text)' begins no declaration; expected message, enum, service, extend, import, package or option.",
                at: token.range)
        }
    }

    /// `export` or `local` of edition 2024, as `SymbolVisibility` has them.
    mutating func takeVisibility() -> Int32? {
        guard file.edition >= .edition2024, at(word: "export") || at(word: "local"),
            ["message", "enum"].contains(source[following.range])
        else { return nil }
        let isExport = at(word: "export")
        advance()
        return isExport ? 2 : 1
    }

    private mutating func importStatement() throws(ProtoError) {
        advance()
        let isOption = file.edition >= .edition2024 && at(word: "option")
        let isPublic = at(word: "public")
        let isWeak = at(word: "weak")
        if isPublic || isWeak || isOption { advance() }
        let place = token.range
        let path = try stringText("a path in quotes")
        try expectSemicolon()
        if file.dependencies.contains(path) || file.optionDependencies.contains(path) {
            return report(ProtoError("\"\(path)\" is imported twice.", at: place, rule: "proto.import"))
        }
        if isOption { return file.optionDependencies.append(path) }
        let index = Int32(truncatingIfNeeded: file.dependencies.count)
        if isPublic { file.publicDependencies.append(index) }
        if isWeak { file.weakDependencies.append(index) }
        file.dependencies.append(path)
        importPlaces.append(place)
    }

    private mutating func packageStatement(_ comment: String?) throws(ProtoError) {
        let start = token.range
        advance()
        let place = token.range.lowerBound
        let name = try path("the name of the package")
        packagePlace = place..<previousEnd
        try expectSemicolon()
        guard file.package.isEmpty else {
            throw ProtoError("A file has one package.", at: start, rule: "proto.package")
        }
        file.package = name
        file.documentation = file.documentation ?? comment
    }
}

/// Full names and features: what follows from where an element stands.
extension FileDescriptor {
    /// Sets `fullName` and `features` of everything in the file.
    mutating func qualify() {
        features = FeatureSet(edition).overridden(by: options.message(50))
        for index in messages.indices { messages[index].qualify(in: package, features, edition) }
        for index in enums.indices { enums[index].qualify(in: package, features) }
        for index in services.indices { services[index].qualify(in: package, features) }
        for index in extensions.indices { extensions[index].qualify(in: package, features, edition) }
    }
}

extension String {
    /// This name inside `scope`, which may be empty.
    func qualified(in scope: String) -> String { scope.isEmpty ? self : "\(scope).\(self)" }
}

extension MessageDescriptor {
    fileprivate mutating func qualify(in scope: String, _ inherited: FeatureSet, _ edition: Edition) {
        fullName = name.qualified(in: scope)
        features = inherited.overridden(by: options.message(12))
        for index in messages.indices { messages[index].qualify(in: fullName, features, edition) }
        for index in enums.indices { enums[index].qualify(in: fullName, features) }
        for index in oneofs.indices {
            oneofs[index].fullName = oneofs[index].name.qualified(in: fullName)
            oneofs[index].features = features.overridden(by: oneofs[index].options.message(1))
        }
        for index in extensionRanges.indices {
            extensionRanges[index].features = features.overridden(by: extensionRanges[index].options.message(50))
        }
        for index in extensions.indices { extensions[index].qualify(in: fullName, features, edition) }
        let entries = Set(messages.lazy.filter(\.isMapEntry).map { ".\($0.fullName)" })
        let isMapEntry = isMapEntry
        for index in fields.indices {
            let oneof = fields[index].oneofIndex.map(Int.init)
            let outer = oneof.flatMap { oneofs.indices.contains($0) ? oneofs[$0].features : nil } ?? features
            fields[index].qualify(in: fullName, outer, edition)
            // Maps and what is in them are never written as groups.
            if isMapEntry || fields[index].typeName.map(entries.contains) == true {
                fields[index].features.messageEncoding = .lengthPrefixed
            }
        }
    }
}

extension FieldDescriptor {
    fileprivate mutating func qualify(in scope: String, _ inherited: FeatureSet, _ edition: Edition) {
        fullName = name.qualified(in: scope)
        features = inherited.overridden(by: options.message(21))
        guard !edition.usesFeatures else { return }
        // What older languages say in words of their own.
        if label == .required { features.fieldPresence = .legacyRequired }
        if isProto3Optional { features.fieldPresence = .explicit }
        if type == .group { features.messageEncoding = .delimited }
        if let isPacked = options.boolean(2) { features.repeatedFieldEncoding = isPacked ? .packed : .expanded }
    }
}

extension EnumDescriptor {
    fileprivate mutating func qualify(in scope: String, _ inherited: FeatureSet) {
        fullName = name.qualified(in: scope)
        features = inherited.overridden(by: options.message(7))
        for index in values.indices {
            values[index].fullName = values[index].name.qualified(in: scope)
            values[index].features = features.overridden(by: values[index].options.message(2))
        }
    }
}

extension ServiceDescriptor {
    fileprivate mutating func qualify(in scope: String, _ inherited: FeatureSet) {
        fullName = name.qualified(in: scope)
        features = inherited.overridden(by: options.message(34))
        for index in methods.indices {
            methods[index].fullName = methods[index].name.qualified(in: fullName)
            methods[index].features = features.overridden(by: methods[index].options.message(35))
        }
    }
}

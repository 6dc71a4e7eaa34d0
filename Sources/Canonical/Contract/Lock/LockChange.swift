/// How two locks of one contract differ.
public struct LockChange: Sendable, Equatable {
    /// Names that the older one does not have, in the words of people: `Bank.GetAccount`, `Account.Id`.
    public var added: [String] = []
    /// Names that only the older one has in use.
    public var removed: [String] = []
    /// Names that stand for something with another key.
    public var moved: [String] = []

    public var isEmpty: Bool { added.isEmpty && removed.isEmpty && moved.isEmpty }

    public init(from old: ContractLock, to new: ContractLock) {
        let (old, new) = (LockChange.names(old), LockChange.names(new))
        let before = Dictionary(old.map { ($0.name, $0.key) }, uniquingKeysWith: { first, _ in first })
        let after = Set(new.map(\.name))
        for entry in new {
            switch before[entry.name] {
            case nil: added.append(entry.name)
            case entry.key: break
            default: moved.append(entry.name)
            }
        }
        removed = old.map(\.name).filter { !after.contains($0) }
    }

    private static func names(_ lock: ContractLock) -> [(name: String, key: String)] {
        var names: [(String, String)] = []
        for service in lock.services where !service.isReserved {
            names.append((service.name, service.key + service.segment))
            for operation in service.operations where !operation.isReserved {
                names.append(("\(service.name).\(operation.name)", operation.key + operation.address))
            }
        }
        for type in lock.types where !type.isReserved {
            names.append((type.name, type.key))
            for field in type.fields where !field.isReserved { names.append(("\(type.name).\(field.name)", field.key)) }
        }
        for enumeration in lock.enumerations where !enumeration.isReserved {
            for value in enumeration.values where !value.isReserved { names.append((value.name, value.literal)) }
        }
        return names
    }
}

extension Configuration {
    /// Operations of an upstream's contract: `bank.*`, `bank.GetAccount`, `stock.v1.StockService.Get`.
    public struct OperationReference: Sendable, Equatable, CustomStringConvertible {
        public var upstream: String
        /// The operation's name, maybe with its service's; nil: every operation.
        public var operation: String?

        public init(upstream: String, operation: String?) {
            self.upstream = upstream
            self.operation = operation
        }

        /// Reads a reference; nil when it does not name both an upstream and an operation.
        init?(_ text: String) {
            guard let dot = text.firstIndex(of: ".") else { return nil }
            let operation = text[text.index(after: dot)...]
            guard Words.isName(text[..<dot]), !operation.isEmpty, !operation.hasPrefix("."), !operation.hasSuffix(".")
            else {
                return nil
            }
            self.init(upstream: String(text[..<dot]), operation: operation == "*" ? nil : String(operation))
        }

        public var description: String { "\(upstream).\(operation ?? "*")" }

        static let one = Shape<OperationReference>.scalar(
            "an operation such as bank.GetAccount", schema: Shape<String>.text.schema
        ) { OperationReference($0).flatMap { $0.operation == nil ? nil : $0 } }

        static let some = Shape<OperationReference>.scalar(
            "operations such as bank.* or bank.GetAccount", schema: Shape<String>.text.schema
        ) { OperationReference($0) }
    }
}

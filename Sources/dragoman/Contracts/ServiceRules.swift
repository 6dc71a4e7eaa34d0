internal import Canonical
internal import Configuration
internal import ProtobufSchema

// What an upstream says of how its .proto files are to be read.
extension ContractCatalog {
    /// The reader that heeds the import paths and the service configuration of `upstream`; nil when the latter cannot be
    /// read.
    mutating func amend(_ reader: any ContractReader, of upstream: Configuration.Upstream) -> (any ContractReader)? {
        let isProtobuf = reader is ProtobufContractReader
        guard let path = upstream.serviceConfig else {
            return isProtobuf ? ProtobufContractReader(importPaths: upstream.importPaths) : reader
        }
        guard isProtobuf else {
            report(
                .error, "config.unsupported", "HTTP rules are for .proto files and descriptor sets", of: upstream,
                "service_config")
            return nil
        }
        do throws(FileProblem) {
            let (configuration, found) = ServiceConfiguration.read(try files.read(path), named: path)
            note(found)
            return configuration.map {
                ProtobufContractReader(
                    importPaths: upstream.importPaths, overrides: $0.rules.map(HTTPRuleOverride.init))
            }
        } catch {
            report(
                .error, "config.missing-file", "cannot read \"\(path)\": \(error.sentence)", of: upstream,
                "service_config")
            return nil
        }
    }
}

extension HTTPRuleOverride {
    fileprivate init(_ rule: ServiceRule) {
        var main = HTTPRule(rule.binding)
        main.additional = rule.additional.map { HTTPRule($0) }
        self.init(selector: rule.selector, rule: main, location: rule.location)
    }
}

extension HTTPRule {
    fileprivate init(_ binding: HTTPBindingEntry) {
        self.init(
            method: binding.method, template: binding.path, body: binding.body, responseBody: binding.responseBody)
    }
}

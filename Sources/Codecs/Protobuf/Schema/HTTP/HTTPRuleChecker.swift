internal import Canonical

/// Checks the HTTP rules of services: templates, the fields that they name, and that no two methods want one path.
struct HTTPRuleChecker {
    private let descriptors: DescriptorSet
    private let findings: Findings
    private let rules: HTTPRules
    /// Methods by HTTP method and shape of the path.
    private var taken: [String: (name: String, template: String)] = [:]

    init(_ descriptors: DescriptorSet, _ rules: HTTPRules, _ findings: Findings) {
        self.descriptors = descriptors
        self.rules = rules
        self.findings = findings
    }

    mutating func check(_ files: [FileDescriptor]) {
        var names: Set<String> = []
        for file in files {
            for service in file.services {
                for method in service.methods {
                    names.insert(method.fullName)
                    check(method, in: file)
                }
            }
        }
        for stray in rules.strays(among: names) {
            let advice = Likeness.advice(stray.selector, among: Array(names))
            findings.error("http.selector", "There is no method '\(stray.selector)'\(advice)", at: stray.location)
        }
    }

    private mutating func check(_ method: MethodDescriptor, in file: FileDescriptor) {
        guard let rule = rules.rule(of: method) else { return }
        for binding in [rule] + rule.additional {
            guard let finding = problem(binding, of: method) else { continue }
            let text = "The HTTP rule '\(binding.method) \(binding.template)' of '\(method.fullName)': \(finding.text)"
            if let place = rules.location(of: method) {
                findings.error(finding.rule, text, at: place)
            } else {
                findings.error(finding.rule, text, in: file.name, at: method.places.name)
            }
        }
    }

    private mutating func problem(_ binding: HTTPRule, of method: MethodDescriptor) -> (rule: String, text: String)? {
        let template: HTTPTemplate
        do throws(HTTPTemplateError) {
            template = try HTTPTemplate(binding.template)
        } catch {
            return ("http.template", "\(error.message) (column \(error.offset + 1) of the path)")
        }
        for variable in template.variables {
            if let text = problem(path: variable.path, in: method.inputFullName, isValue: true) {
                return ("http.field", text)
            }
        }
        if !binding.body.isEmpty, binding.body != "*",
            let text = problem(path: names(binding.body), in: method.inputFullName, isValue: false)
        {
            return ("http.field", "body: \(text)")
        }
        if !binding.responseBody.isEmpty,
            let text = problem(path: names(binding.responseBody), in: method.outputFullName, isValue: false)
        {
            return ("http.field", "response_body: \(text)")
        }
        let key = "\(binding.method) \(template.shape)"
        if let other = taken[key] {
            return ("http.conflict", "'\(other.name)' has the same paths with '\(other.template)'.")
        }
        taken[key] = (method.fullName, binding.template)
        return nil
    }

    private func names(_ path: String) -> [String] {
        path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    /// Why `path` is no field of `message`, or none that a part of a path can be.
    private func problem(path: [String], in message: String, isValue: Bool) -> String? {
        var message = descriptors.message(message)
        for (index, name) in path.enumerated() {
            guard let type = message else { return "'\(path[..<index].joined(separator: "."))' is no message." }
            guard let field = type.fields.first(where: { $0.name == name }) else {
                return
                    "'\(type.fullName)' has no field '\(name)'\(Likeness.advice(name, among: type.fields.map(\.name)))"
            }
            let isLast = index + 1 == path.count
            if field.isRepeated, isValue || !isLast { return "'\(name)' is repeated." }
            message = field.type?.isMessage == true ? field.typeFullName.flatMap(descriptors.message) : nil
            if isLast, isValue, let message, !isText(message) { return "'\(name)' is a message." }
        }
        return nil
    }

    /// Whether JSON shows a message as one simple value.
    private func isText(_ message: MessageDescriptor) -> Bool {
        if case .scalar? = WellKnownType(rawValue: message.fullName)?.valueType { true } else { false }
    }
}

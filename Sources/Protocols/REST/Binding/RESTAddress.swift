public import Engine
public import HTTP

/// One method and path at which an operation is called over REST: what a route and the OpenAPI description are made of.
public struct RESTAddress: Sendable {
    public var method: HTTPMethod
    public var path: PathPattern
    public var binding: RESTBinding

    public init(method: HTTPMethod, path: PathPattern, binding: RESTBinding) {
        self.method = method
        self.path = path
        self.binding = binding
    }

    /// `GetAccountByID` as `get-account-by-id`: words begin at capitals, digits stay with what stands before them.
    public static func kebabCase(_ name: String) -> String {
        let letters = Array(name)
        var result = ""
        for (index, letter) in letters.enumerated() {
            guard letter.isLetter || letter.isNumber else {
                if !result.isEmpty, result.last != "-" { result.append("-") }
                continue
            }
            let follows = index > 0 ? letters[index - 1] : nil
            let next = index + 1 < letters.count ? letters[index + 1] : nil
            let beginsWord = letter.isUppercase && (follows?.isLowercase == true || follows?.isNumber == true)
            let endsInitialism = letter.isUppercase && follows?.isUppercase == true && next?.isLowercase == true
            if beginsWord || endsInitialism, result.last != "-" { result.append("-") }
            result += letter.lowercased()
        }
        return result.last == "-" ? String(result.dropLast()) : result
    }
}

/// International bank account numbers (ISO 13616), those of this bank under a country code that no country has.
enum IBAN {
    private static let country = "ZZ"

    /// The number of an account of this bank, check digits included.
    static func number(of account: Int64) -> String {
        let digits = String(account)
        let padded = String(repeating: "0", count: max(0, 19 - digits.count)) + digits
        let check = 98 - remainder(of: padded + country + "00")
        return country + (check < 10 ? "0" : "") + String(check) + padded
    }

    /// Whether `text` matches the contract's pattern `[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}`.
    static func isNumber(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard (15...34).contains(bytes.count) else { return false }
        return bytes[..<2].allSatisfy(isCapital) && bytes[2..<4].allSatisfy(isDigit)
            && bytes[4...].allSatisfy { isCapital($0) || isDigit($0) }
    }

    /// The remainder by 97 of digits and letters, where A counts as 10 and Z as 35.
    private static func remainder(of text: String) -> Int {
        text.utf8.reduce(0) { rest, byte in
            isDigit(byte) ? (rest * 10 + Int(byte) - 0x30) % 97 : (rest * 100 + Int(byte) - 0x41 + 10) % 97
        }
    }

    private static func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

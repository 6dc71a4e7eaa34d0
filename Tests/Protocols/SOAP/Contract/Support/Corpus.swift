import Buffers
import Canonical
import Glibc
import SOAP

/// The acceptance corpus of WSDLs, where there is one: `soap-open.tar.gz` in `$DRAGOMAN_CORPUS`, or in `shared/corpus`
/// beside the checkout.
struct Corpus: DocumentLoader, Sendable {
    /// One line of its `INDEX.tsv`.
    struct Entry: Sendable {
        var path: String
        var loadsInZeep: Bool
        var isLiteral: Bool
        /// zeep's count: distinct operation names of each port's binding, SOAP and HTTP alike.
        var operations: Int
    }

    static var isPresent: Bool { archive != nil }

    let index: [Entry]
    private var files: [String: Bytes] = [:]

    init() {
        if let path = Self.archive, let pipe = popen("exec gzip -dc '\(path)'", "r") {
            files = Self.untar(Self.readAll(pipe))
            pclose(pipe)
        }
        let lines = files["INDEX.tsv"].map(String.init) ?? ""
        index = lines.split(separator: "\n").dropFirst().compactMap { line in
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard columns.count >= 8, let operations = Int(columns[7]) else { return nil }
            return Entry(
                path: columns[0], loadsInZeep: columns[1] == "yes",
                isLiteral: columns[5].contains("document/literal") || columns[5].contains("rpc/literal"),
                operations: operations)
        }
    }

    /// How many operations our reading of `entry` has when they are counted as zeep counts them.
    func count(_ entry: Entry) -> Result<Int, ContractError> {
        read(entry).map { contract in
            (contract.annotations[SOAPPorts.self]?.ports ?? []).reduce(0) { count, port in
                count + Set(port.operations).count + (port.binding == .http ? Set(port.refused).count : 0)
            }
        }
    }

    func read(_ entry: Entry) -> Result<Contract, ContractError> {
        Result { () throws(ContractError) -> (Contract, [Diagnostic]) in
            try WSDLReader().read(load(entry.path) ?? Bytes(), named: entry.path, loader: self)
        }.map(\.0)
    }

    func load(_ path: String) -> Bytes? { files[path] }

    private static var archive: String? {
        let folder = getenv("DRAGOMAN_CORPUS").map { String(cString: $0) }
        // Six folders up from here is the checkout.
        let checkout = #filePath.split(separator: "/").dropLast(6).joined(separator: "/")
        let path = (folder ?? "/\(checkout)/../shared/corpus") + "/soap-open.tar.gz"
        return access(path, R_OK) == 0 ? path : nil
    }

    private static func readAll(_ pipe: UnsafeMutablePointer<FILE>) -> Bytes {
        var all = ByteWriter(capacity: 1 << 20)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, pipe)
            if count == 0 { return all.finish() }
            all.append(chunk.span.bytes.extracting(first: count))
        }
    }

    /// Plain files of a tar archive by their paths below its one folder: blocks of 512 bytes, the name at 0, the size in
    /// octal at 124, the kind at 156, the folder of long names at 345; `L` announces a longer name (GNU).
    private static func untar(_ archive: Bytes) -> [String: Bytes] {
        var files: [String: Bytes] = [:]
        var place = 0
        var longName: String?
        while place + 512 <= archive.count, archive[place] != 0 {
            let header = archive[place..<(place + 512)]
            let size = Int(text(header, 124..<136), radix: 8) ?? 0
            let content = archive[(place + 512)..<(place + 512 + size)]
            if header[156] == UInt8(ascii: "L") {
                longName = text(content, 0..<size)
            } else {
                let prefix = text(header, 345..<500)
                let name = longName ?? (prefix.isEmpty ? "" : prefix + "/") + text(header, 0..<100)
                if header[156] == UInt8(ascii: "0") || header[156] == 0 {
                    files[name.split(separator: "/").dropFirst().joined(separator: "/")] = content
                }
                longName = nil
            }
            place += 512 + (size + 511) / 512 * 512
        }
        return files
    }

    private static func text(_ bytes: Bytes, _ range: Range<Int>) -> String {
        String(bytes[range]).prefix { $0 != "\0" }.trimmingSpaces()
    }
}

extension Substring {
    fileprivate func trimmingSpaces() -> String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}

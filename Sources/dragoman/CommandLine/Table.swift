/// Rows in columns as wide as their widest cell.
struct Table {
    var header: [String]
    var rows: [[String]]

    var text: String {
        let lines = [header.map { $0.uppercased() }] + rows
        let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            let cells = zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            let text = cells.joined(separator: "  ")
            return String(text.reversed().drop { $0 == " " }.reversed())
        }
        .joined(separator: "\n")
    }
}

import Buffers
import CLibXML2

/// libxml2's opinion of a document, in the form of `events`, where libxml2 is right.
enum Oracle {
    /// Nil when libxml2 finds it not well-formed or not namespace-well-formed.
    static func events(_ document: Bytes) -> [String]? {
        withLineFeeds(document.array).withUnsafeBytes { bytes -> [String]? in
            let options = XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue
            guard let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                let reader = xmlReaderForMemory(base, Int32(bytes.count), nil, "UTF-8", Int32(options))
            else { return nil }
            defer { xmlFreeTextReader(reader) }
            return read(reader)
        }
    }

    /// Line ends as XML 1.0 §2.11 wants them before anything else happens: libxml2 forgets it in CDATA sections.
    private static func withLineFeeds(_ bytes: [UInt8]) -> [UInt8] {
        var lines: [UInt8] = []
        for byte in bytes {
            if byte == 10, lines.last == 13 { lines.removeLast() }
            lines.append(byte)
        }
        return lines.map { $0 == 13 ? 10 : $0 }
    }

    private static func read(_ reader: xmlTextReaderPtr) -> [String]? {
        var isRefused = false
        let lines = withUnsafeMutablePointer(to: &isRefused) { flag in
            xmlTextReaderSetStructuredErrorHandler(reader, note, flag)
            return walk(reader)
        }
        return isRefused ? nil : lines
    }

    /// That a namespace name is no absolute URI is an error to libxml2, but none of well-formedness.
    private static let note: @convention(c) (UnsafeMutableRawPointer?, xmlErrorPtr?) -> Void = { flag, error in
        guard let flag, let error = error?.pointee, error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
        let code = UInt32(error.code)
        if code == XML_WAR_NS_URI.rawValue || code == XML_WAR_NS_URI_RELATIVE.rawValue { return }
        flag.assumingMemoryBound(to: Bool.self).pointee = true
    }

    private static func walk(_ reader: xmlTextReaderPtr) -> [String]? {
        var lines: [String] = []
        var text = ""
        var state = xmlTextReaderRead(reader)
        while state == 1 {
            switch UInt32(xmlTextReaderNodeType(reader)) {
            case XML_READER_TYPE_TEXT.rawValue, XML_READER_TYPE_CDATA.rawValue, XML_READER_TYPE_WHITESPACE.rawValue,
                XML_READER_TYPE_SIGNIFICANT_WHITESPACE.rawValue:
                text += string(xmlTextReaderConstValue(reader))
            case XML_READER_TYPE_ELEMENT.rawValue:
                flush(&text, into: &lines)
                lines.append("<" + name(reader))
                let isEmpty = xmlTextReaderIsEmptyElement(reader) == 1
                lines += attributes(reader)
                if isEmpty { lines.append(">") }
            case XML_READER_TYPE_END_ELEMENT.rawValue:
                flush(&text, into: &lines)
                lines.append(">")
            default: break
            }
            state = xmlTextReaderRead(reader)
        }
        return state == 0 ? lines : nil
    }

    private static func flush(_ text: inout String, into lines: inout [String]) {
        if !text.isEmpty { lines.append("'" + text) }
        text = ""
    }

    private static func attributes(_ reader: xmlTextReaderPtr) -> [String] {
        var lines: [String] = []
        while xmlTextReaderMoveToNextAttribute(reader) == 1 {
            if xmlTextReaderIsNamespaceDecl(reader) == 1 { continue }
            lines.append("@\(name(reader))=" + string(xmlTextReaderConstValue(reader)))
        }
        return lines.sorted()
    }

    /// An ampersand in a namespace's name stays a reference in libxml2.
    private static func name(_ reader: xmlTextReaderPtr) -> String {
        let namespace = string(xmlTextReaderConstNamespaceUri(reader)).replacing("&#38;", with: "&")
        return "{" + namespace + "}" + string(xmlTextReaderConstLocalName(reader))
    }

    private static func string(_ text: UnsafePointer<xmlChar>?) -> String {
        text.map { String(cString: $0) } ?? ""
    }
}

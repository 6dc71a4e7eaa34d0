import Buffers
import Testing
import XMLCodec

@Suite struct LimitTests {
    private static func repeated(_ count: Int, _ part: (Int) -> String) -> String {
        (0..<count).map(part).joined()
    }

    @Test func `depth ends at the limit`() {
        func nested(_ depth: Int) -> Bytes {
            Bytes(String(repeating: "<a>", count: depth) + String(repeating: "</a>", count: depth))
        }
        #expect(refusal(nested(64)) == nil)
        #expect(refusal(nested(65)) == .tooDeep)
        #expect(refusal(nested(256), limits: .contract) == nil)
        #expect(refusal(nested(257), limits: .contract) == .tooDeep)
    }

    @Test func `attributes and declarations of one element end at the limit`() {
        #expect(refusal(Bytes("<a \(Self.repeated(256) { " a\($0)=''" })/>")) == nil)
        #expect(refusal(Bytes("<a \(Self.repeated(257) { " a\($0)=''" })/>")) == .tooManyAttributes)
        #expect(refusal(Bytes("<a \(Self.repeated(128) { " xmlns:a\($0)='u'" })/>")) == nil)
        #expect(refusal(Bytes("<a \(Self.repeated(129) { " xmlns:a\($0)='u'" })/>")) == .tooManyNamespaces)
    }

    @Test func `declarations in scope end at the limit, those gone do not count`() {
        let siblings = Self.repeated(1000) { "<b xmlns:p\($0)='u'/>" }
        #expect(refusal(Bytes("<a>\(siblings)</a>")) == nil)
        let nested = Self.repeated(60) { "<b xmlns:p\($0)='u' xmlns:q\($0)='u' xmlns:r\($0)='u'>" }
        #expect(refusal(Bytes(nested)) == .tooManyNamespaces)
        let distinct = Self.repeated(129) { "<b xmlns='u\($0)'/>" }
        #expect(refusal(Bytes("<a>\(distinct)</a>")) == .tooManyNamespaces)
    }

    @Test func `an attribute is found twice among few and among many`() {
        for count in [2, 16, 17, 200] {
            let distinct = Self.repeated(count) { " attribute-number-\($0)=''" }
            #expect(refusal(Bytes("<a\(distinct)/>")) == nil)
            #expect(refusal(Bytes("<a\(distinct) attribute-number-1=''/>")) == .duplicateAttribute)
            let two = " xmlns:p='u' xmlns:q='u' p:attribute-number-1=''"
            #expect(refusal(Bytes("<a\(distinct)\(two)/>")) == nil)
            #expect(refusal(Bytes("<a\(two)\(distinct) q:attribute-number-1=''/>")) == .duplicateAttribute)
        }
    }

    @Test func `sizes end at the limit`() {
        let limits = XMLLimits(documentBytes: 60, tagBytes: 20, nameBytes: 10, textBytes: 12)
        #expect(refusal(Bytes("<a b='23456789 123'/>"), limits: limits) == .tagTooLarge)
        #expect(refusal(Bytes("<a b='23456789 12'/>"), limits: limits) == nil)
        #expect(refusal(Bytes("<p:23456789/>"), limits: limits) == .name)
        #expect(refusal(Bytes("<a23456789/>"), limits: limits) == nil)
        #expect(refusal(Bytes("<a2345678901/>"), limits: limits) == .nameTooLong)
        #expect(refusal(Bytes("<a>123456789012</a>"), limits: limits) == nil)
        #expect(refusal(Bytes("<a>1234567890123</a>"), limits: limits) == .textTooLarge)
        #expect(refusal(Bytes("<a>123456&amp;<!-- x -->89012</a>"), limits: limits) == nil)
        #expect(refusal(Bytes("<a>123456&amp;<!-- x -->890123</a>"), limits: limits) == .textTooLarge)
        #expect(refusal(Bytes("<a>\(Self.repeated(6) { "<b>\($0)</b>" })<c></c>    </a>"), limits: limits) == .tooLarge)
    }

    /// Each of these took minutes when something looked through the rest of the document for every piece.
    @Test(arguments: [
        "<![CDATA[x]]>", "<![CDATA[]]]]>", "<!---->", "<?p?>", "&lt;", "]", "x\r", "<b/>", "<b xmlns:p='u'/>",
        "<b c='&lt;'/>",
    ])
    func `a document of many small pieces is read in one walk`(piece: String) {
        #expect(refusal(Bytes("<a>" + String(repeating: piece, count: 40_000) + "</a>")) == nil)
    }

    @Test func `a document type is stepped over when that is asked for`() throws {
        let subset = """
            <!DOCTYPE xs:schema PUBLIC "-//W3C//DTD XMLSCHEMA 200102//EN" "XMLSchema.dtd" [
              <!-- ]> ' --><?p ]>?>
              <!ENTITY % x "]>'">%x;
              <!ATTLIST a b CDATA '<]>'><!ELEMENT a (b|c)*>
            ] >
            """
        let expected = ["<{}a", "'x", ">"]
        #expect(try events(subset + "<a>x</a>", limits: .contract) == expected)
        #expect(try events("<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a>x</a>", limits: .contract) == expected)
        #expect(refusal(Bytes(subset + "<a>&x;</a>"), limits: .contract) == .entity)
        #expect(refusal(Bytes("<!DOCTYPE a><!DOCTYPE a><a/>"), limits: .contract) == .doctype)
        #expect(refusal(Bytes("<a><!DOCTYPE a></a>"), limits: .contract) == .doctype)
        for length in 1..<subset.utf8.count {
            #expect(refusal(Bytes(String(subset.prefix(length)) + ""), limits: .contract) != nil)
        }
    }
}

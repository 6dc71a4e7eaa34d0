import Buffers
import Canonical
import ProtobufCodec
import Testing

/// What only protobuf bytes can say: fields in any order and number, unknown ones, groups, what JSON cannot show.
@Suite struct WireTests {
    private let all: Codec
    private let old: Codec

    init() throws {
        all = try Codec("t.All")
        old = try Codec("t.Old")
    }

    /// What protobuf bytes are shown as, in one pass and by a document.
    private func shown(_ bytes: String, by codec: Codec) throws -> String {
        let direct = String(try codec.json(of: hex(bytes)))
        let read = String(try codec.json(of: codec.document(ofProtobuf: hex(bytes))))
        let again = String(try codec.json(of: codec.protobuf(of: codec.document(ofProtobuf: hex(bytes)))))
        return direct == read && direct == again ? direct : "\(direct) but \(read) and \(again)"
    }

    private func reason(_ bytes: String, by codec: Codec) -> String {
        do throws(Failure) {
            _ = try codec.json(of: hex(bytes))
        } catch {
            return error.reason
        }
        return ""
    }

    @Test func `the last value counts, messages are put together`() throws {
        #expect(try shown("0801 0802", by: all) == #"{"small":2}"#)
        #expect(try shown("5A020801 5A031201 78 5A020803", by: all) == #"{"item":{"id":3,"name":"x"}}"#)
        #expect(try shown("0801 0800", by: all) == "{}")
    }

    @Test func `fields that are cut short are refused wherever they stand`() {
        // A varint, text, a double, packed numbers and a list of text, each with a field before it.
        let fields = ["08FF", "4205616263", "290000", "6A05 0102", "72 01", "720161 7205 61"]
        for field in fields {
            #expect(reason(field, by: all) == "protobuf.malformed")
            #expect(reason("5001" + field, by: all) == "protobuf.malformed")
        }
    }

    @Test func `of a oneof the last member counts`() throws {
        // right{id 1}, left, right{name}, right{id 2}: what came before left is forgotten.
        #expect(
            try shown("AA01020801 A2010161 AA01031201 78 AA01020802", by: all)
                == #"{"right":{"name":"x","id":2}}"#)
    }

    @Test func `items may stand apart, packed or not`() throws {
        #expect(try shown("6801 6802 6A0203046805", by: all) == #"{"numbers":[1,2,3,4,5]}"#)
        #expect(try shown("6A0101 0807 6A0102", by: all) == #"{"small":7,"numbers":[1,2]}"#)
        #expect(try shown("720161 0807 720162", by: all) == #"{"small":7,"words":["a","b"]}"#)
    }

    @Test func `of entries with one key the last counts`() throws {
        #expect(
            try shown("8A01050A01611001 8A01050A01621002 8A01050A01611003", by: all) == #"{"counts":{"b":2,"a":3}}"#)
        // Value before key, neither, and a message in two pieces.
        #expect(try shown("8A0105 100A 0A0161", by: all) == #"{"counts":{"a":10}}"#)
        #expect(try shown("8A0100", by: all) == #"{"counts":{"":0}}"#)
        #expect(try shown("92010B 0802 12020801 12031201 78", by: all) == #"{"byId":{"2":{"id":1,"name":"x"}}}"#)
    }

    @Test func `unknown fields travel with their message and are not shown`() throws {
        let bytes = "0801 F03F2A 5A06 0801 FA3F0178 F33F 0801 F43F"
        #expect(try shown(bytes, by: all) == #"{"small":1,"item":{"id":1}}"#)
        let again = hex(try all.protobuf(of: all.document(ofProtobuf: hex(bytes))))
        #expect(again == hex(hex("0801 5A06 0801 FA3F0178 F03F2A F33F 0801 F43F")))
    }

    @Test func `a closed enum's unknown numbers are unknown fields`() throws {
        let bytes = "0801 1009 1802 1809 1801 3A050A01611009"
        #expect(try shown(bytes, by: old) == #"{"id":1,"list":["SECOND","FIRST"]}"#)
        let again = try old.protobuf(of: old.document(ofProtobuf: hex(bytes)))
        #expect(hex(again) == hex(hex("0801 1802 1801 1009 1809 3A050A01611009")))
    }

    @Test func `groups, extensions and required fields are read`() throws {
        let bytes = "0801 23 0A0178 12020805 24 A2060161"
        #expect(try shown(bytes, by: old) == #"{"id":1,"part":{"name":"x","old":{"id":5}},"[t.extra]":"a"}"#)
        #expect(reason("1001", by: old) == "protobuf.required")
        #expect(
            old.complaints(#"{"closed":"FIRST","part":{"old":{}}}"#) == ["/part/old/id: required", "/id: required"])
        #expect(try old.echo(#"{"id":1,"[t.extra]":"a","number":0}"#) == #"{"id":1,"[t.extra]":"a","number":0}"#)
    }

    @Test func `text of proto2 need not be UTF-8, but JSON cannot show it`() throws {
        let bytes = hex("0801 2A01FF")
        #expect(try old.protobuf(of: old.document(ofProtobuf: bytes)) == bytes)
        #expect(reason("0801 2A01FF", by: old) == "protobuf.no_json")
        #expect(reason("4201FF", by: all) == "protobuf.utf8")
    }

    @Test(arguments: [
        ("08", "protobuf.malformed"), ("00", "protobuf.malformed"),
        ("0E", "protobuf.malformed"), ("420561", "protobuf.malformed"), ("5B", "protobuf.malformed"),
        ("5C", "protobuf.malformed"), ("08FFFFFFFFFFFFFFFFFFFF01", "protobuf.malformed"),
        ("C2010A08FFFFFFFFFFFFFFFF7F", "protobuf.no_json"), ("CA0104080110FF01", "protobuf.malformed"),
        ("BA01050A03612F62", "protobuf.no_json"), ("E20100", "protobuf.no_json"),
        ("D201050A03614263", "protobuf.no_json"),
    ])
    func `bytes that are no message, or none for JSON, are refused`(_ bytes: String, _ reason: String) {
        #expect(self.reason(bytes, by: all) == reason)
    }

    @Test func `what JSON cannot show stays as it is`() throws {
        for bytes in ["C2010A08FFFFFFFFFFFFFFFF7F", "BA01050A03612F62", "E20100", "D201050A03614263"] {
            #expect(hex(try all.protobuf(of: all.document(ofProtobuf: hex(bytes)))) == bytes)
        }
    }

    @Test func `failures name the place`() {
        do throws(Failure) {
            _ = try all.json(of: hex("7A020801 7A04 1A021201"))
            Issue.record("it was read")
        } catch {
            #expect(error.violations.map(\.pointer) == ["/items/1/child/name"])
        }
    }

    @Test func `messages scattered on all levels cost a bounded amount`() throws {
        var bytes: [UInt8] = []
        for _ in 0..<60 {
            // child { … } and an empty second piece of it.
            var out = ByteWriter()
            out.append(0x1A)
            var length = bytes.count
            while length > 0x7F {
                out.append(UInt8(length & 0x7F | 0x80))
                length >>= 7
            }
            out.append(UInt8(length))
            out.append(bytes)
            out.append(0x1A)
            out.append(0x00)
            bytes = out.finish().array
        }
        let item = try Codec("t.Item")
        #expect(throws: Failure.self) { try item.json(of: Bytes(bytes)) }
    }
}

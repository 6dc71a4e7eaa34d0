import Buffers
import Canonical
import JSONCodec
import ProtobufCodec
import Testing

/// Proto3 JSON to protobuf and back, in one pass and with a document between.
@Suite struct LaneTests {
    private let all: Codec

    init() throws {
        all = try Codec("t.All")
    }

    @Test func `scalars go there and back`() throws {
        let text = """
            {"small":-5,"signed":"-9223372036854775808","wide":"18446744073709551615","fixed":7,"real":0.1,\
            "shortReal":3.4028235e+38,"yes":true,"text":"a\\"b\\u0000é😀","raw":"AP8=","color":"BLUE","maybe":0}
            """
        #expect(try all.echo(text) == text)
    }

    @Test func `coders of one plan know the way between them`() throws {
        let json = Bytes(#"{"small":150,"text":"testing"}"#)
        var wire = ByteWriter()
        #expect(try all.json.rewrite(json, as: all.coder, into: &wire))
        var text = ByteWriter()
        #expect(try all.coder.rewrite(wire.finish(), as: all.json, into: &text))
        #expect(text.finish() == json)
        let others = [try Codec("t.All"), try Codec("t.Item")]
        for other in others {
            var out = ByteWriter()
            #expect(
                try !all.json.rewrite(json, as: other.coder, into: &out)
                    && !all.coder.rewrite(json, as: other.json, into: &out))
            #expect(out.finish().isEmpty)
        }
    }

    @Test func `what cannot be read in one pass is not written`() throws {
        var out = ByteWriter()
        out.append("before")
        #expect(throws: Failure.self) { try all.json.rewrite(Bytes(#"{"small":"x"}"#), as: all.coder, into: &out) }
        #expect(throws: Failure.self) { try all.coder.rewrite(hex("08"), as: all.json, into: &out) }
        #expect(String(out.finish()) == "before")
    }

    @Test func `defaults without presence are not written`() throws {
        let text = #"{"small":0,"real":0,"yes":false,"text":"","raw":"","color":"NONE","numbers":[],"counts":{}}"#
        #expect(try all.protobuf(of: Bytes(text)).isEmpty)
        #expect(try all.echo(text) == "{}")
        #expect(try all.echo(#"{"real":-0.0}"#) == #"{"real":-0}"#)
    }

    @Test func `the bytes are those of the encoding`() throws {
        #expect(hex(try all.protobuf(of: Bytes(#"{"small":150,"text":"testing"}"#))) == "089601420774657374696E67")
        #expect(hex(try all.protobuf(of: Bytes(#"{"numbers":[3,270,86942]}"#))) == "6A06038E029EA705")
        #expect(hex(try all.protobuf(of: Bytes(#"{"items":[{"id":1},{}]}"#))) == "7A0208017A00")
    }

    @Test func `long messages get their lengths`() throws {
        let name = String(repeating: "x", count: 200)
        let text = #"{"item":{"name":"\#(name)","child":{"name":"\#(name)","child":{"id":1}}}}"#
        #expect(try all.echo(text) == text)
        let huge = String(repeating: "y", count: 20_000)
        #expect(try all.echo(#"{"items":[{"name":"\#(huge)"}]}"#) == #"{"items":[{"name":"\#(huge)"}]}"#)
    }

    @Test func `text of every length goes there and back`() throws {
        for count in 0...140 {
            let plain = String(repeating: "0123456789", count: 14).prefix(count)
            for text in [plain, plain + "é", plain + #"\n"#, plain + #"\"a"#, "😀" + plain] {
                let json = #"{"text":"\#(text)","item":{"name":"\#(text)"},"words":["\#(text)",""]}"#
                let shown = text.isEmpty ? #"{"item":{},"words":["",""]}"# : json
                #expect(try all.echo(json) == shown)
            }
        }
    }

    @Test func `decimals go there and back`() throws {
        let texts = ["0.5", "1.25", "0.001", "0.0001", "12345678.1234", "999999999999.99", "0.30000000000000004"]
        for text in texts {
            #expect(try all.echo(#"{"real":\#(text)}"#) == #"{"real":\#(text)}"#)
        }
        #expect(try all.echo(#"{"shortReal":16777.217}"#) == #"{"shortReal":16777.217}"#)
    }

    @Test func `lists, maps and oneofs go there and back`() throws {
        let text = """
            {"numbers":[1,-1,2147483647],"words":["a",""],"items":[{"id":1},{}],"colors":["RED","NONE",7],\
            "counts":{"a":1,"":0},"byId":{"-1":{"name":"n"},"0":{}},"names":{"true":"yes","false":""},"left":""}
            """
        #expect(try all.echo(text) == text)
        #expect(try all.echo(#"{"nothing":null}"#) == #"{"nothing":null}"#)
        #expect(try all.echo(#"{"left":null,"right":{}}"#) == #"{"right":{}}"#)
    }

    @Test func `well-known types look as they should`() throws {
        let text = """
            {"time":"2024-02-29T23:59:59.123Z","span":"-1.500s","mask":"a.bC,d","record":{"a":[1,"x",null,{"b":true}]},\
            "value":[[],{}],"list":[1.5],"boxed":"0","boxes":["","x"],"values":[null,1]}
            """
        #expect(try all.echo(text) == text)
        #expect(try all.echo(#"{"value":null,"time":null,"boxed":null}"#) == #"{"value":null}"#)
    }

    @Test func `an Any says its type, wherever that stands`() throws {
        let item = #"{"any":{"@type":"type.googleapis.com/t.Item","id":1,"name":"n"}}"#
        #expect(try all.echo(item) == item)
        #expect(try all.echo(#"{"any":{"id":1,"name":"n","@type":"type.googleapis.com/t.Item"}}"#) == item)
        let time = #"{"any":{"@type":"x/google.protobuf.Timestamp","value":"1970-01-01T00:00:00Z"}}"#
        #expect(try all.echo(time) == time)
        let nested = #"{"any":{"@type":"x/google.protobuf.Any","value":{"@type":"x/t.Item","id":2}}}"#
        #expect(try all.echo(nested) == nested)
        #expect(try all.echo(#"{"any":{}}"#) == #"{"any":{}}"#)
    }

    @Test func `numbers come in many ways`() throws {
        #expect(try all.echo(#"{"small":1e5}"#) == #"{"small":100000}"#)
        #expect(
            try all.echo(#"{"small":"1.0","wide":12345678901234567890}"#)
                == #"{"small":1,"wide":"12345678901234567890"}"#)
        #expect(try all.echo(#"{"small":150e-1,"real":"1e3"}"#) == #"{"small":15,"real":1000}"#)
        #expect(try all.echo(#"{"real":"NaN","shortReal":"-Infinity"}"#) == #"{"real":"NaN","shortReal":"-Infinity"}"#)
        #expect(try all.echo(#"{"color":2,"raw":"_-8"}"#) == #"{"color":"BLUE","raw":"/+8="}"#)
    }

    @Test func `both names of a field are taken`() throws {
        #expect(try all.echo(#"{"short_real":1,"otherName":"a"}"#) == #"{"shortReal":1,"otherName":"a"}"#)
        #expect(try all.echo(#"{"renamed":"a"}"#) == #"{"otherName":"a"}"#)
    }

    @Test func `what is wrong is told with its place`() {
        #expect(
            all.complaints(#"{"item":{"child":{"id":"x"}},"nope":1}"#) == ["/item/child/id: type", "/nope: unknown"])
        #expect(all.complaints(#"{"numbers":[1,2147483648,null]}"#) == ["/numbers/1: type", "/numbers/2: type"])
        #expect(all.complaints(#"{"small":1,"small":2}"#) == ["/small: duplicate"])
        #expect(all.complaints(#"{"shortReal":1,"short_real":2}"#) == ["/shortReal: duplicate"])
        #expect(all.complaints(#"{"left":"a","right":{}}"#) == ["/right: oneOf"])
        #expect(
            all.complaints(#"{"counts":{"a":1,"a":2},"byId":{"x":{}}}"#) == ["/counts/a: duplicate", "/byId/x: type"])
        #expect(all.complaints(#"{"time":"2024-02-30T00:00:00Z","span":"1","mask":"a_b"}"#).count == 3)
        #expect(all.complaints(#"{"raw":"===","color":"GREEN","yes":"true"}"#).count == 3)
        #expect(all.complaints(#"{"any":{"a":1}}"#) == ["/any/@type: required"])
        #expect(all.complaints(#"{"record":{"a":1,"a":2},"shortReal":1e39}"#).count == 2)
    }

    @Test func `depth is bounded both ways`() throws {
        func nested(_ depth: Int) -> String {
            let open = String(repeating: #"{"child":"#, count: depth)
            return #"{"item":"# + open + "{}" + String(repeating: "}", count: depth + 1)
        }
        #expect(try all.echo(nested(98)) == nested(98))
        #expect(throws: Failure.self) { try all.protobuf(of: Bytes(nested(99))) }
        var bytes = Bytes()
        for depth in 1...101 {
            var out = ByteWriter()
            out.append(depth == 101 ? 0x5A : 0x1A)
            var length = bytes.count
            while length > 0x7F {
                out.append(UInt8(length & 0x7F | 0x80))
                length >>= 7
            }
            out.append(UInt8(length))
            out.append(bytes)
            bytes = out.finish()
        }
        #expect(throws: Failure.self) { try all.json(of: bytes) }
        #expect(throws: Failure.self) { try all.document(ofProtobuf: bytes) }
    }

    @Test func `nothing is written when it fails`() throws {
        var out = ByteWriter()
        out.append("abc")
        #expect(throws: Failure.self) {
            try all.lane.writeProtobuf(of: Bytes(#"{"text":"x","small":"y"}"#), into: &out)
        }
        #expect(throws: Failure.self) { try all.lane.writeJSON(of: hex("4201 78 08"), into: &out) }
        #expect(String(out.finish()) == "abc")
    }
}

import Buffers
import Testing

@testable import Messaging

@Suite struct ReplyOrderTests {
    private func texts(_ replies: [Bytes]) -> [String] { replies.map { String($0) } }

    @Test func `replies wait for those to the messages before`() {
        var order = ReplyOrder<Bytes>(isOrdered: true)
        for number in 1...3 { order.expect(number) }
        #expect(texts(order.add(Bytes("3"), to: 3)) == [])
        #expect(texts(order.finish(3)) == [])
        #expect(texts(order.add(Bytes("1a"), to: 1)) == ["1a"])
        #expect(texts(order.add(Bytes("2"), to: 2)) == [])
        #expect(texts(order.add(Bytes("1b"), to: 1)) == ["1b"])
        #expect(texts(order.finish(1)) == ["2"])
        #expect(texts(order.finish(2)) == ["3"])
        #expect(texts(order.add(Bytes("late"), to: 2)) == ["late"])
    }

    @Test func `a message without a reply holds nobody up`() {
        var order = ReplyOrder<Bytes>(isOrdered: true)
        order.expect(1)
        order.expect(2)
        #expect(texts(order.add(Bytes("2"), to: 2)) == [])
        #expect(texts(order.finish(1)) == ["2"])
    }

    @Test func `nor does one whose replies are a stream`() {
        var order = ReplyOrder<Bytes>(isOrdered: true)
        order.expect(1)
        order.expect(2)
        #expect(texts(order.release(1)) == [])
        #expect(texts(order.add(Bytes("2"), to: 2)) == ["2"])
        #expect(texts(order.add(Bytes("1"), to: 1)) == ["1"])
    }

    @Test func `without an order each comes when it comes`() {
        var order = ReplyOrder<Bytes>(isOrdered: false)
        order.expect(1)
        order.expect(2)
        #expect(texts(order.add(Bytes("2"), to: 2)) == ["2"])
        #expect(texts(order.finish(2)) == [])
    }
}

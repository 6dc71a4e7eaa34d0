internal import Buffers

/// The leading comments of a `google.protobuf.SourceCodeInfo`, by the path of what they stand before.
enum SourceComments {
    static func read(_ info: consuming WireReader) throws(WireError) -> [[Int32]: String] {
        var comments: [[Int32]: String] = [:]
        while let tag = try info.tag() {
            guard tag.number == 1, tag.type == .lengthDelimited else {
                try info.skip(tag)
                continue
            }
            var path: [Int32] = []
            var comment: String?
            var location = try info.nested()
            while let tag = try location.tag() {
                switch (tag.number, tag.type) {
                case (1, _): try location.int32s(tag, into: &path)
                case (3, .lengthDelimited): comment = try location.string()
                default: try location.skip(tag)
                }
            }
            if let comment { comments[path] = comment }
        }
        return comments
    }
}

/// Paths are those of fields of `FileDescriptorProto` and of what is in it, each followed by an index.
extension FileDescriptor {
    mutating func document(_ comments: [[Int32]: String]) {
        documentation = (comments[[12]] ?? comments[[2]]).map(Comment.trimmed)
        for index in messages.indices { messages[index].document(comments, [4, Int32(truncatingIfNeeded: index)]) }
        for index in enums.indices { enums[index].document(comments, [5, Int32(truncatingIfNeeded: index)]) }
        for index in services.indices { services[index].document(comments, [6, Int32(truncatingIfNeeded: index)]) }
        for index in extensions.indices {
            extensions[index].documentation = comments[[7, Int32(truncatingIfNeeded: index)]].map(Comment.trimmed)
        }
    }
}

extension MessageDescriptor {
    fileprivate mutating func document(_ comments: [[Int32]: String], _ path: [Int32]) {
        documentation = comments[path].map(Comment.trimmed)
        func comment(_ field: Int32, _ index: Int) -> String? {
            comments[path + [field, Int32(truncatingIfNeeded: index)]].map(Comment.trimmed)
        }
        for index in fields.indices { fields[index].documentation = comment(2, index) }
        for index in extensions.indices { extensions[index].documentation = comment(6, index) }
        for index in oneofs.indices { oneofs[index].documentation = comment(8, index) }
        for index in messages.indices {
            messages[index].document(comments, path + [3, Int32(truncatingIfNeeded: index)])
        }
        for index in enums.indices { enums[index].document(comments, path + [4, Int32(truncatingIfNeeded: index)]) }
    }
}

extension EnumDescriptor {
    fileprivate mutating func document(_ comments: [[Int32]: String], _ path: [Int32]) {
        documentation = comments[path].map(Comment.trimmed)
        for index in values.indices {
            values[index].documentation = comments[path + [2, Int32(truncatingIfNeeded: index)]].map(Comment.trimmed)
        }
    }
}

extension ServiceDescriptor {
    fileprivate mutating func document(_ comments: [[Int32]: String], _ path: [Int32]) {
        documentation = comments[path].map(Comment.trimmed)
        for index in methods.indices {
            methods[index].documentation = comments[path + [2, Int32(truncatingIfNeeded: index)]].map(Comment.trimmed)
        }
    }
}

internal import Buffers

extension XMLScanner {
    /// Steps over a document type declaration with its internal subset. Nothing in it takes effect: no entity is
    /// declared, no attribute has a default, nothing is fetched.
    mutating func skipDoctype(_ input: RawSpan) throws(XMLError) {
        hasDoctype = true
        index &+= 9
        var isInSubset = false
        var openDeclarations = 0
        while true {
            switch input.peek(index) {
            case 0: throw XMLError(.truncated, at: index)
            case UInt8(ascii: "\""), UInt8(ascii: "'"): try skipLiteral(input)
            case UInt8(ascii: "["): isInSubset = true
            case UInt8(ascii: "]"): isInSubset = false
            case UInt8(ascii: "<"):
                if try skipCommentOrInstruction(input) { continue }
                openDeclarations &+= 1
            case UInt8(ascii: ">"):
                if openDeclarations > 0 {
                    openDeclarations &-= 1
                } else if !isInSubset {
                    index &+= 1
                    return
                }
            default: break
            }
            index &+= 1
        }
    }

    /// Goes to the closing quote.
    private mutating func skipLiteral(_ input: RawSpan) throws(XMLError) {
        guard let end = input.firstIndex(of: input.peek(index), from: index &+ 1) else {
            throw XMLError(.truncated, at: input.byteCount)
        }
        index = end
    }

    private mutating func skipCommentOrInstruction(_ input: RawSpan) throws(XMLError) -> Bool {
        if input.begins("<!--", at: index) {
            try skipComment(input)
            return true
        }
        if input.begins("<?", at: index) {
            try skipInstruction(input)
            return true
        }
        return false
    }
}

import Buffers
import TestSupport

/// The parsing cases of nst/JSONTestSuite from the acceptance corpus; none on machines without it.
enum JSONTestSuite {
    struct Case {
        let name: Substring
        let bytes: Bytes
    }

    static let cases: [Case] = Corpus.unpack("json-test-suite.tar.gz").compactMap { file in
        let names = file.path.split(separator: "/")
        return names.first == "test_parsing" ? Case(name: names[1], bytes: file.bytes) : nil
    }
}

import Buffers
import REST
import Testing

@Suite struct DocsPageTests {
    private let page = String(
        decoding: DocsPage(
            title: "<b>&\"x\"", description: Bytes(#"{"a":"</script><!--<script>","b":"http"}"#)
        ).text(), as: UTF8.self)

    @Test func `the page holds the description where no text can end it`() {
        #expect(
            page.contains(
                #"<script type="application/json">{"a":"\u003c/script>\u003c!--\u003cscript>","b":"http"}</script>"#))
    }

    @Test func `the title is text`() {
        #expect(page.contains("&lt;b&gt;&amp;&quot;x&quot;</title>"))
        #expect(!page.contains("<b>"))
    }

    @Test(arguments: ["src=", "@import", "url(", "//cdn", "https:", "innerHTML", "document.write", "eval("])
    func `the page loads nothing and writes no markup`(text: String) {
        #expect(!page.contains(text))
    }
}

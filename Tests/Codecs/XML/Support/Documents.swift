/// Documents that say one thing each, by hand.
enum Documents {
    static let wellFormed: [String] = [
        "<a/>", "<a></a>", "<a  />", "<a\t\r\n></a >", "\u{FEFF}<a/>", "<?xml version=\"1.0\"?><a/>",
        "<?xml version='1.0' encoding='UTF-8' standalone=\"yes\" ?>\n<a/>\n", "<?xml version=\"1.5\"?><a/>",
        "<a>text</a>", "<a>  </a>", "<a>a\r\nb\rc\nd\r\r\ne</a>", "<a>&amp;&lt;&gt;&quot;&apos;</a>",
        "<a>&#65;&#x42;&#x10FFFF;&#9;&#10;&#13;&#00065;</a>", "<a><![CDATA[x<y&z]]></a>", "<a><![CDATA[]]></a>",
        "<a>1<![CDATA[2]]>3<!-- 4 -->5<?p 6?>7&#56;</a>", "<a><![CDATA[a]]b]]]></a>", "<a>]]</a>", "<a>]>]]</a>",
        "<a><![CDATA[a\r\nb\rc]]></a>", "<a><!----></a>", "<a><!-- - - --></a>", "<a><!--a--><!--b--></a>",
        "<!-- c --><?p?><a/><!-- d --><?q r?>\n", "<a><?p ??></a>", "<a><?xml-stylesheet x?></a>",
        "<a b='1' c=\"2\"/>", "<a b = '1'/>", "<a\nb='1'\n\tc='2'\r\n/>", "<a b='\"' c=\"'\"/>",
        "<a b='a\tb\nc\rd\r\ne'/>",
        "<a b='&#9;&#10;&#13;&#32;'/>", "<a b='&lt;&amp;>'/>", "<a b=''/>", "<a b=' x  y '/>",
        "<a xmlns='u'/>", "<a xmlns='u'><b xmlns=''/><c/></a>", "<p:a xmlns:p='u'/>",
        "<p:a xmlns:p='u' p:b='1' b='2'><p:c xmlns:p='v' p:d=''/><p:e/></p:a>",
        "<a xml:lang='en' xml:space='preserve'/>",
        "<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xml:base='x'/>",
        "<a xmlns:p='u' xmlns:q='u' p:b='' q:c=''/>",
        "<a xmlns='u' xmlns:p='u' b='' p:b=''/>", "<a xmlns:p='a&amp;b'><p:c/></a>", "<a xmlns:p='a b'><p:c/></a>",
        "<a xmlns:longprefix1='u' xmlns:longprefix2='v'><longprefix1:x/><longprefix2:x/></a>",
        "<été/>", "<日本 語='x'>本</日本>", "<a·b/>", "<_/>", "<a-b.c_1/>", "<a>\u{10FFFD}\u{FFFD}\u{85}\u{7F}</a>",
        "<a><b><c/></b></a>", "<a>x<b/>y</a>", "<a><b/> <b/></a>", "<a1234567890123456789 b1234567890123456789='1'/>",
        "<longer-than-eight-bytes>x</longer-than-eight-bytes>", "<a>\u{A0}\u{2028}</a>", "<a>\"'></a>",
        "<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/>",
        "<a xmlns='http://www.w3.org/2001/XMLSchema-instance'/>", "<a><b xmlns:p='u'/><b xmlns:p='v'><p:c/></b></a>",
    ]

    static let malformed: [(String, String)] = [
        ("", "xml.truncated"), (" ", "xml.truncated"), ("x", "xml.outside_root"), ("<", "xml.truncated"),
        ("<a", "xml.truncated"), ("<a>", "xml.truncated"), ("<a/", "xml.truncated"), ("<a>x", "xml.truncated"),
        ("<a></a", "xml.truncated"), ("<a></b>", "xml.mismatched_tag"), ("<a></ab>", "xml.mismatched_tag"),
        ("<ab></a>", "xml.mismatched_tag"), ("<a><b></a></b>", "xml.mismatched_tag"), ("</a>", "xml.name"),
        ("<a></ a>", "xml.mismatched_tag"), ("<a></a b=''>", "xml.mismatched_tag"), ("<a/><b/>", "xml.outside_root"),
        ("<a/>x", "xml.outside_root"), ("<a/></a>", "xml.outside_root"), ("<!--x-->", "xml.truncated"),
        ("<a/><![CDATA[x]]>", "xml.syntax"), ("<![CDATA[x]]><a/>", "xml.syntax"), ("&#32;<a/>", "xml.outside_root"),
        ("<a>]]></a>", "xml.syntax"), ("<a>x]]]></a>", "xml.syntax"), ("<a>&amp;]]></a>", "xml.syntax"),
        ("<a b='<'/>", "xml.syntax"), ("<a b='&'/>", "xml.syntax"), ("<a b=1/>", "xml.syntax"),
        ("<a b/>", "xml.syntax"),
        ("<a b=''c=''/>", "xml.syntax"), ("<a b='1' b='2'/>", "xml.duplicate_attribute"), ("<a b='/>", "xml.truncated"),
        ("<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>", "xml.duplicate_attribute"),
        ("<a xmlns='u' xmlns='u'/>", "xml.duplicate_attribute"),
        ("<a xmlns:p='u' xmlns:p='v'/>", "xml.duplicate_attribute"), ("<p:a/>", "xml.undeclared_prefix"),
        ("<a p:b=''/>", "xml.undeclared_prefix"), ("<a><b xmlns:p='u'/><p:c/></a>", "xml.undeclared_prefix"),
        ("<xmlns:a/>", "xml.undeclared_prefix"), ("<a xmlns:p=''/>", "xml.namespace"),
        ("<a xmlns:xml='u'/>", "xml.namespace"), ("<a xmlns:xmlns='u'/>", "xml.namespace"),
        ("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", "xml.namespace"),
        ("<a xmlns='http://www.w3.org/XML/1998/namespace'/>", "xml.namespace"),
        ("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", "xml.namespace"), ("<:a/>", "xml.name"), ("<a:/>", "xml.name"),
        ("<a xmlns:='u'/>", "xml.name"), ("<a:b:c xmlns:a='u'/>", "xml.name"), ("<1a/>", "xml.name"),
        ("<-a/>", "xml.name"),
        ("<p:1 xmlns:p='u'/>", "xml.name"), ("<a 1='x'/>", "xml.name"), ("<a$/>", "xml.syntax"), ("< a/>", "xml.name"),
        ("<a>&foo;</a>", "xml.entity"), ("<a>&amp</a>", "xml.syntax"), ("<a>& </a>", "xml.syntax"),
        ("<a>&;</a>", "xml.syntax"),
        ("<a>&#;</a>", "xml.syntax"), ("<a>&#x;</a>", "xml.syntax"), ("<a>&#X41;</a>", "xml.syntax"),
        ("<a>&#0;</a>", "xml.character"), ("<a>&#1;</a>", "xml.character"), ("<a>&#xD800;</a>", "xml.character"),
        ("<a>&#xFFFE;</a>", "xml.character"), ("<a>&#x110000;</a>", "xml.character"),
        ("<a>&#x100000041;</a>", "xml.character"), ("<a>&#99999999999999999999;</a>", "xml.character"),
        ("<a>&#4A;</a>", "xml.syntax"), ("<a>\u{1}</a>", "xml.character"), ("<a>\u{0}</a>", "xml.character"),
        ("<a>\u{FFFE}</a>", "xml.character"), ("<a b='\u{1F}'/>", "xml.character"), ("<a/>\u{0}", "xml.character"),
        ("<a><!-- -- --></a>", "xml.syntax"), ("<a><!-- ---></a>", "xml.syntax"), ("<a><!--></a>", "xml.truncated"),
        ("<a><!- x --></a>", "xml.syntax"), ("<a><?xml version='1.0'?></a>", "xml.declaration"),
        ("<a><?XML x?></a>", "xml.declaration"), ("<a><?1 x?></a>", "xml.name"), ("<a><? x?></a>", "xml.name"),
        ("<a><?p:q x?></a>", "xml.syntax"), ("<a><?p x></a>", "xml.truncated"),
        (" <?xml version='1.0'?><a/>", "xml.declaration"),
        ("<?xml?><a/>", "xml.declaration"), ("<?xml encoding='UTF-8'?><a/>", "xml.declaration"),
        ("<?xml version='2.0'?><a/>", "xml.declaration"), ("<?xml version='1.'?><a/>", "xml.declaration"),
        ("<?xml version='1.0' encoding='1'?><a/>", "xml.declaration"),
        ("<?xml version='1.0' standalone='maybe'?><a/>", "xml.declaration"),
        ("<?xml version='1.0' standalone='no' encoding='UTF-8'?><a/>", "xml.declaration"),
        ("<?xml version='1.0'encoding='UTF-8'?><a/>", "xml.declaration"),
        ("<?xml version='1.0'><a/>", "xml.declaration"),
        ("<a><![CDATA[x]]</a>", "xml.truncated"), ("<a><![cdata[x]]></a>", "xml.syntax"), ("<a><b/", "xml.truncated"),
        ("<a / >", "xml.syntax"), ("<a/ >", "xml.syntax"), ("<a <b/>", "xml.name"), ("<a>< /a>", "xml.name"),
        ("<!DOCTYPE a><a/>", "xml.doctype"), ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "xml.doctype"),
        ("<a><!DOCTYPE b></a>", "xml.doctype"), ("<a/><!DOCTYPE a>", "xml.doctype"),
        ("<!ELEMENT a ANY><a/>", "xml.syntax"),
        ("<!doctype a><a/>", "xml.syntax"),
    ]

    /// A message with most of what messages have.
    static let message = """
        <?xml version="1.0"?>
        <!-- a comment --><?target some data?>
        <soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd='http://www.w3.org/2001/XMLSchema'>
          <soap:Body>
            <m:order xmlns:m="urn:orders" xmlns="urn:orders&amp;lines" id="a&#x42;c &lt;1&gt;" xml:lang="de">
              <m:name xsi:type="xsd:string">M\u{FC}ller &amp; S\u{F6}hne\r\n</m:name><line no="1"/><line no='2'></line>
              <note><![CDATA[<b>]] & more</b>]]> and &#8364;&quot;</note><m:empty/>
            </m:order>
          </soap:Body>
        </soap:Envelope>
        """
}

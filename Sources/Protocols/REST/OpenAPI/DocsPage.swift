public import Buffers

/// A page that shows an OpenAPI description to people and lets them try it. It holds the description and loads nothing.
public struct DocsPage {
    private let title: String
    private let description: Bytes

    /// - Parameter description: The OpenAPI document as JSON.
    public init(title: String, description: Bytes) {
        self.title = title
        self.description = description
    }

    public func text() -> [UInt8] {
        let title = title.map { letter in
            switch letter {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(letter)
            }
        }.joined()
        var page = Array("\(Self.start)\(title)\(Self.style)<script type=\"application/json\">".utf8)
        page.reserveCapacity(page.count + description.count + 8192)
        // "</script" would end the element and "<!--" change how it is read; JSON has "<" in strings only.
        for byte in description.array {
            if byte == UInt8(ascii: "<") { page += "\\u003c".utf8 } else { page.append(byte) }
        }
        page += "</script>\(Self.script)".utf8
        return page
    }

    private static let start = """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
        <title>
        """

    private static let style = """
        </title><style>
        body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#1c2733;background:#fff}
        h1{font-size:1.6rem}summary{cursor:pointer;padding:.5rem;border-radius:.4rem;background:#f0f4f8;margin:.4rem 0}
        summary b{display:inline-block;min-width:4.5rem;color:#0b6}summary code{font-weight:600}
        pre,textarea,input{font:13px/1.45 ui-monospace,monospace;box-sizing:border-box}
        pre{background:#f7f9fb;border:1px solid #dde4ea;border-radius:.4rem;padding:.7rem;overflow:auto;max-height:24rem}
        textarea{width:100%;min-height:8rem;padding:.6rem}input{padding:.3rem;width:20rem}
        button{padding:.4rem 1.2rem;border:0;border-radius:.4rem;background:#0a66c2;color:#fff;cursor:pointer}
        .op{padding:0 1rem}label{display:block;margin:.3rem 0}
        @media(prefers-color-scheme:dark){body{background:#10161c;color:#dce4ec}summary{background:#1b2630}
        pre{background:#161e26;border-color:#2a3844}}
        </style><main><h1></h1><p></p></main>

        """

    /// Everything from the description is set as text, never as markup.
    private static let script = """
        <script>"use strict";
        const el=(name,text,...children)=>{const e=document.createElement(name);if(text)e.textContent=text;
        e.append(...children);return e};
        function resolve(api,s){while(s&&s.$ref)s=s.$ref.slice(2).split("/").reduce((o,k)=>o[k],api);return s||{}}
        function example(api,s,depth=0){s=resolve(api,s);if(depth>6)return null;
        if("const"in s)return s.const;if(s.enum)return s.enum[0];
        if(s.allOf&&!s.properties)return example(api,s.allOf[0],depth);
        if(s.oneOf||(s.anyOf&&!s.properties))return example(api,(s.oneOf||s.anyOf)[0],depth+1);
        if(s.properties){const o={};for(const[k,v]of Object.entries(s.properties))if((s.required||[]).includes(k)||depth<2)
        o[k]=example(api,v,depth+1);return o}
        if(s.type==="array")return[example(api,s.items,depth+1)];if(s.type==="integer"||s.type==="number")return 0;
        if(s.type==="boolean")return true;return s.format==="int64"?"1":s.format==="decimal"?"1.00":"text"}
        function operation(api,path,method,op){
        const box=el("details","",el("summary","",el("b",method.toUpperCase()),el("code",path),
        el("span"," "+(op.summary||""))));const body=el("div");body.className="op";box.append(body);
        if(op.description)body.append(el("p",op.description));const inputs=[];
        for(const p of op.parameters||[]){const i=el("input");i.placeholder=p.in+(p.required?", required":"");
        body.append(el("label",p.name+" ",i));inputs.push([p,i])}
        const media=op.requestBody&&op.requestBody.content["application/json"];let text;
        if(media){text=el("textarea");text.spellcheck=false;
        text.value=JSON.stringify(example(api,media.schema),null,2);body.append(text)}
        const send=el("button","Try it"),out=el("pre");out.hidden=true;body.append(el("p","",send),out);
        for(const[status,r]of Object.entries(op.responses||{})){const c=Object.values(r.content||{})[0];
        if(c&&status[0]==="2")body.append(el("p","Answers "+status+":"),
        el("pre",JSON.stringify(example(api,c.schema),null,2)))}
        send.onclick=async()=>{let url=path;const query=new URLSearchParams(),headers={accept:"application/json"};
        for(const[p,i]of inputs){if(p.in==="path")url=url.replace("{"+p.name+"}",encodeURIComponent(i.value));
        else if(i.value&&p.in==="query")query.append(p.name,i.value);else if(i.value)headers[p.name]=i.value}
        if([...query].length)url+="?"+query;if(text)headers["content-type"]="application/json";out.hidden=false;
        try{const r=await fetch(url,{method:method.toUpperCase(),headers,body:text?text.value:undefined});
        const t=await r.text();let shown=t;try{shown=JSON.stringify(JSON.parse(t),null,2)}catch{}
        out.textContent=r.status+" "+r.statusText+"\\n\\n"+shown}catch(e){out.textContent=String(e)}};return box}
        const main=document.querySelector("main");
        const api=JSON.parse(document.querySelector("script[type='application/json']").textContent);
        main.querySelector("h1").textContent=api.info.title;
        main.querySelector("p").textContent=api.info.description||"";
        main.append(el("p","",Object.assign(el("a","OpenAPI 3.1 document"),{href:"openapi.json"})));
        for(const[path,item]of Object.entries(api.paths))for(const[method,op]of Object.entries(item))
        main.append(operation(api,path,method,op));</script>
        """
}

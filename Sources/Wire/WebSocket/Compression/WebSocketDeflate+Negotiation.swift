/// Coming to terms (RFC 7692 §5, §7.1); `self` is the most that one side wants.
extension WebSocketDeflate {
    // MARK: Server

    /// The first offer of permessage-deflate that can be accepted; the others are declined.
    func accept(_ offers: ExtensionList) -> (terms: WebSocketDeflate, response: DeflateParameters)? {
        for item in offers.items {
            if let offer = DeflateParameters(item, isOffer: true) { return accept(offer) }
        }
        return nil
    }

    private func accept(_ offer: DeflateParameters) -> (terms: WebSocketDeflate, response: DeflateParameters) {
        var terms = self
        terms.server.keepsContext = server.keepsContext && !offer.serverNoContext
        terms.client.keepsContext = client.keepsContext && !offer.clientNoContext
        terms.server.windowBits = min(server.validWindowBits, offer.serverWindowBits ?? 15)
        // A client that does not offer it cannot have its window limited (§7.1.2.2).
        terms.client.windowBits =
            offer.allowsClientWindowBits ? min(client.validWindowBits, offer.clientWindowBits ?? 15) : 15
        var response = DeflateParameters()
        response.serverNoContext = !terms.server.keepsContext
        response.clientNoContext = !terms.client.keepsContext
        if offer.serverWindowBits != nil || terms.server.windowBits < 15 {
            response.serverWindowBits = terms.server.windowBits
        }
        if offer.allowsClientWindowBits, terms.client.windowBits < 15 {
            response.clientWindowBits = terms.client.windowBits
        }
        return (terms, response)
    }

    // MARK: Client

    var offer: DeflateParameters {
        var offer = DeflateParameters()
        offer.serverNoContext = !server.keepsContext
        offer.clientNoContext = !client.keepsContext
        if server.validWindowBits < 15 { offer.serverWindowBits = server.validWindowBits }
        offer.allowsClientWindowBits = true
        if client.validWindowBits < 15 { offer.clientWindowBits = client.validWindowBits }
        return offer
    }

    /// What a server's answer to the offer agrees on.
    /// - Returns: nil when it is not one that the offer allows.
    func terms(answeredBy item: ExtensionList.Item) -> WebSocketDeflate? {
        guard let response = DeflateParameters(item, isOffer: false) else { return nil }
        // A server that accepts a parameter repeats it (§7.1.1.1, §7.1.2.1).
        guard server.keepsContext || response.serverNoContext else { return nil }
        if server.validWindowBits < 15, response.serverWindowBits == nil { return nil }
        guard response.serverWindowBits ?? 15 <= server.validWindowBits else { return nil }
        var terms = self
        terms.server.keepsContext = !response.serverNoContext
        terms.server.windowBits = response.serverWindowBits ?? 15
        terms.client.keepsContext = client.keepsContext && !response.clientNoContext
        terms.client.windowBits = min(client.validWindowBits, response.clientWindowBits ?? 15)
        return terms
    }
}

extension WebSocketDeflate.Direction {
    fileprivate var validWindowBits: Int { min(max(windowBits, 8), 15) }
}

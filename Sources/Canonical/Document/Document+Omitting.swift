extension Document {
    /// The document without the subtrees at `places`, none of which is the root or lies in another; all text stays where it
    /// is.
    public func omitting(_ places: [Int]) -> Document {
        guard !places.isEmpty else { return self }
        let places = places.sorted()
        var nodes = nodes
        for place in places {
            let extent = nodes[place].extent
            // Those around it are before it and reach behind it; what was omitted behind them before is none of its.
            for index in 0..<place where index + Int(self.nodes[index].extent) > place { nodes[index].extent -= extent }
        }
        for place in places.reversed() { nodes.removeSubrange(place..<place + Int(self.nodes[place].extent)) }
        return Document(source: source, side: side, nodes: nodes)
    }
}

extension Bank {
    /// The bank as it opens: what its accounts show is what JSON and XML do not agree on by themselves.
    static var withCustomers: Bank {
        var ada = Account(
            id: 1001, owner: "Ada Lovelace", balance: Amount(cents: 250_000), .euro, opened: "2015-12-10",
            labels: ["salary"])
        ada.overdraft = Amount(cents: 50_000)
        var alan = Account(
            id: 1003, owner: "Alan Turing", balance: Amount(cents: 195_406), .pound, opened: "2012-06-23")
        alan.status = .closed
        alan.closed = "2014-06-07"
        return Bank([
            ada,
            Account(
                id: 1002, owner: "Grace Hopper", balance: Amount(cents: 98_765_432_109), .euro, opened: "2009-12-09",
                labels: ["savings", "travel & leisure"]),
            alan,
            // One more than a double can count to.
            Account(
                id: 9_007_199_254_740_993, owner: "Katherine Johnson", balance: Amount(cents: 10), .dollar,
                opened: "2018-08-26"),
        ])
    }
}

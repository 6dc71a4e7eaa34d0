/// What the poller can watch: one descriptor and who hears of it.
protocol Pollable: AnyObject {
    var descriptor: Int32 { get }

    /// The descriptor has become `readiness`. May close this or any other pollable.
    func ready(_ readiness: Readiness)

    /// The reactor ends: give back what the kernel holds.
    func shutDown()
}

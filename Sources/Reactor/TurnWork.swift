/// What wants to be done once at the end of the turn, before the sockets are flushed.
public protocol TurnWork: AnyObject {
    func turnEnds()
}

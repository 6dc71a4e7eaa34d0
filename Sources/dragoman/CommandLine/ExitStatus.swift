internal import ArgumentParser

/// What the shell is told.
enum ExitStatus {
    static let findings = ExitCode(1)
    static let usage = ExitCode(2)
}

internal import ArgumentParser
internal import Canonical
internal import Configuration
internal import Reactor

/// `dragoman demo`: a gateway to play with, and the SOAP service behind it, in one process.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Serve a small bank and a gateway before it, and say what to try.",
        discussion: """
            Needs no files. Without --port it takes 8080, or the next free port up to 8089. SIGTERM and Ctrl-C end both.
            """)

    @Option(help: "The gateway's port on 127.0.0.1; 0 for any.")
    var port: UInt16?

    @Flag(help: "Print the configuration that the demo serves, and stop.")
    var printConfig = false

    @Flag(help: "Print the bank's contract, a WSDL, and stop.")
    var printContract = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        if printConfig { return show(DemoConfiguration.text) }
        if printContract { return show(String(decoding: EmbeddedFiles.contract, as: UTF8.self)) }
        let bank: BankBackend
        do throws(ReactorError) {
            bank = try await BankBackend.start()
        } catch {
            throw failure("cannot start the bank: \(error)")
        }
        do {
            try await serve(bank)
        } catch {
            await bank.stop()
            throw error
        }
        await bank.stop()
    }

    private func show(_ text: String) {
        print(json ? JSON.string(text).text() + "\n" : text, terminator: "")
    }

    /// Serves the gateway before `bank` until the process is told to end.
    private func serve(_ bank: BankBackend) async throws {
        let port = try choosePort()
        let project = Project(DemoConfiguration.load(bank: bank.url, port: port), files: EmbeddedFiles())
        guard let configuration = project.configuration, let plan = project.plan else {
            throw failure(project.findings.text(about: "the configuration"))
        }
        let server: Server
        do throws(Diagnostic) {
            server = try await Server.start(configuration, plan: plan, sources: project.findings.sources)
        } catch {
            throw failure(error.text(in: project.findings.sources))
        }
        for (_, address) in server.addresses {
            print(DemoGuide(gateway: "http://\(address)", bank: bank.url).text(asJSON: json))
        }
        fflushStandardOutput()
        try await server.untilTerminated()
        await server.stop()
    }

    private func choosePort() throws -> UInt16 {
        let chosen: UInt16
        do throws(ReactorError) {
            chosen = try DemoPort.choose(port)
        } catch {
            let port = port ?? DemoPort.usual
            throw failure("cannot listen on port \(port): \(error); --port chooses another, --port 0 any that is free")
        }
        if port == nil, chosen != DemoPort.usual {
            StandardError.write("Port \(DemoPort.usual) is taken; the gateway is at \(chosen).\n")
        }
        return chosen
    }

    /// Says why there is no demo.
    private func failure(_ reason: String) -> ExitCode {
        StandardError.write("dragoman demo: \(reason)\n")
        return ExitStatus.findings
    }
}

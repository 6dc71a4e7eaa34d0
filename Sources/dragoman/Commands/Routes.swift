internal import ArgumentParser
internal import Canonical
internal import Configuration
internal import Engine

/// `dragoman routes`: every address that is served, and what is behind it.
struct Routes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "List every address that is served, and what is behind it.",
        discussion: "Addresses of exposed contracts are those that the contract gives its operations.")

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let project = await Project.load(options.load())
        guard let plan = project.plan else {
            print(options.json ? project.findings.json.text() : project.findings.text(about: options.file))
            throw ExitStatus.findings
        }
        let rows = plan.routes.map { RouteRow($0, of: plan) }.sorted { $0.order < $1.order }
        print(options.json ? JSON.array(rows.map(\.json)).text() : RouteRow.table(rows).text)
    }
}

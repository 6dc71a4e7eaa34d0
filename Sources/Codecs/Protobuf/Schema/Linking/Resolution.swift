/// What a name means where it is used.
enum Resolution {
    case found(String, Symbol)
    /// It exists in a file that is not imported.
    case invisible(String, file: Int)
    /// Its first part means `scope`, in which there is nothing of that name.
    case missing(scope: String?)
}

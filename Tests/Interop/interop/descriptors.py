"""The descriptors of real .proto files, byte for byte those that protoc makes: Google's APIs, its types and protobuf's own."""
import functools
import pathlib
import subprocess

from .environment import PYTHON, ROOT
from .gateway import find_binary
from .report import expect_holds

SITE = next((PYTHON.parent.parent / "lib").glob("python3*/site-packages"))
SOURCES = {"google": SITE, "grpc_tools/_proto/google/protobuf": SITE / "grpc_tools/_proto"}


def run(folder, report):
    folder = pathlib.Path(folder)
    sets = {name: sorted(path.relative_to(root) for path in (SITE / name).rglob("*.proto")) for name, root in SOURCES.items()}
    sets["protos"] = sorted(path.relative_to(ROOT / "protos") for path in (ROOT / "protos").rglob("*.proto"))
    roots = {**SOURCES, "protos": ROOT / "protos"}
    report.each((f"descriptors: {len(files)} files of {name} are protoc's", functools.partial(check, folder, roots[name], files))
                for name, files in sets.items())


def check(folder, root, files):
    expect_holds(files, "there are none")
    wrong = [f"{file}: {problem}" for file in files if (problem := difference(folder, root, file))]
    expect_holds(not wrong, f"{len(wrong)} of {len(files)} differ: " + "; ".join(wrong[:5]))


def difference(folder, root, file):
    made = folder / "set.binpb"
    # Both are in the file's folder, and so call it by its own name.
    beside = (root / file).parent
    protoc = subprocess.run([PYTHON, "-m", "grpc_tools.protoc", "-I.", f"-I{root}", f"-I{SITE}", "--include_imports",
                             "--retain_options", f"--descriptor_set_out={made}", file.name],
                            capture_output=True, text=True, cwd=beside)
    if protoc.returncode:
        return f"protoc says {protoc.stderr[-300:]}"
    ours = subprocess.run([find_binary(), "describe", file.name, "--as", "descriptors", "--import-path", root],
                          capture_output=True, cwd=beside)
    if ours.returncode:
        return ours.stderr.decode(errors="replace")[-300:]
    return "" if files_of(ours.stdout) == files_of(made.read_bytes()) else "other bytes"


def files_of(data):
    """The files of a FileDescriptorSet; which file stands before which is nobody's business, as long as imports do."""
    files, at = [], 0
    while at < len(data):
        size, at = varint(data, at + 1)
        files.append(data[at:at + size])
        at += size
    return sorted(files)


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at

